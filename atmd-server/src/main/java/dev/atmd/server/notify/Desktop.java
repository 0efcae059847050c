package dev.atmd.server.notify;

import dev.atmd.server.notify.Notice.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The desktop's own notifications. */
final class Desktop implements Channel {
  /** The texts come in as variables, so nothing in them can be part of the script. */
  private static final String SCRIPT =
      "display notification (system attribute \"ATM_TEXT\") with title (system attribute"
          + " \"ATM_TITLE\")";

  @Override
  public String word() {
    return "desktop";
  }

  @Override
  public String tell(Notice notice) throws IOException, CannotTell, InterruptedException {
    if (Programs.has("notify-send")) {
      var urgency = notice.kind() == Kind.DONE ? "normal" : "critical";
      Programs.run(
          List.of(
              "notify-send",
              "--app-name=atm",
              "--urgency=" + urgency,
              "--",
              notice.title(),
              escaped(notice.text())),
          Map.of(),
          "");
    } else if (Programs.has("osascript")) {
      Programs.run(
          List.of("osascript", "-e", SCRIPT),
          Map.of("ATM_TEXT", notice.text(), "ATM_TITLE", notice.title()),
          "");
    } else {
      throw new CannotTell("neither notify-send nor osascript is there; install libnotify");
    }
    return "shown";
  }

  /** The body of such a notification may be markup. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
