package dev.atmd.server.notify;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program of the user's own. */
record Command(String program) implements Channel {
  @Override
  public String word() {
    return "command";
  }

  /** The words as variables, all of it as JSON on its standard input. */
  @Override
  public String tell(Notice notice) throws IOException, CannotTell, InterruptedException {
    if (program.isEmpty()) {
      throw new CannotTell("notify.command is empty; set it to the path of a program");
    }
    Programs.run(
        List.of(program, notice.kind().word()),
        Map.of(
            "ATM_KIND", notice.kind().word(),
            "ATM_SESSION", notice.session().value(),
            "ATM_TITLE", notice.title(),
            "ATM_TEXT", notice.text()),
        NoticeJson.of(notice) + "\n");
    return "ran";
  }
}
