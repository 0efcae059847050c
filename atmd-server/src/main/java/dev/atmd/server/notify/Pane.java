package dev.atmd.server.notify;

import dev.atmd.core.session.TmuxPane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tmux pane of a session: whether somebody looks at it, and its bell. */
final class Pane implements Channel {
  private static final Pattern ID = Pattern.compile("%\\d{1,9}");
  private static final Pattern TERMINAL =
      Pattern.compile("/dev/(pts/\\d{1,6}|tty[A-Za-z0-9]{1,16})");

  @Override
  public String word() {
    return "terminal";
  }

  /** Rings, which tmux marks the window with, and lets the terminal outside show the text. */
  @Override
  public String tell(Notice notice) throws IOException, CannotTell, InterruptedException {
    var terminal = Path.of(asked(notice.pane(), "#{pane_tty}").strip());
    if (!TERMINAL.matcher(terminal.toString()).matches()
        || Files.isRegularFile(terminal, LinkOption.NOFOLLOW_LINKS)) {
      throw new CannotTell(terminal + " is no terminal");
    }
    var words = notice.text().isEmpty() ? notice.title() : notice.title() + ": " + notice.text();
    // Through tmux to the terminal that shows it (allow-passthrough), and the bell for tmux itself.
    var bytes = "\033Ptmux;\033\033]9;" + words + "\007\033\\\007";
    Files.write(terminal, bytes.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    return "rang in " + terminal;
  }

  /** Whether the pane is on the screen of somebody. False where that cannot be told. */
  static boolean isInFocus(@Nullable TmuxPane pane) throws InterruptedException {
    try {
      var seen = asked(pane, "#{pane_active}#{window_active} #{session_attached}").strip();
      return seen.matches("11 [1-9]\\d*");
    } catch (IOException | CannotTell _) {
      return false;
    }
  }

  private static String asked(@Nullable TmuxPane pane, String format)
      throws IOException, CannotTell, InterruptedException {
    if (pane == null || !ID.matcher(pane.id()).matches()) {
      throw new CannotTell("the session has not said in which tmux pane it is");
    }
    return Programs.run(
        List.of("tmux", "display-message", "-p", "-t", pane.id(), format), Map.of(), "");
  }
}
