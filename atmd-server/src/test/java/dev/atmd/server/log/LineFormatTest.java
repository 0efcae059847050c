package dev.atmd.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatTest {
  private static final String FORGED = "\n2026-11-21T12:00:00Z ERROR Daemon: forged";

  @Test
  void writesOneLineWhateverTheMessageHolds() {
    var line = line("a\nb {0}", "c\r\nd");

    assertThat(new LineFormat().format(line)).endsWith("INFO  Test: a b c  d\n").hasLineCount(1);
  }

  @Test
  void letsNothingActOnATerminal() {
    var line = line("said {0}", "\033]0;title\007\u009b2J\u202egnp\u200b");

    assertThat(new LineFormat().format(line)).endsWith("said \ufffd]0;title\ufffd\ufffd2Jgnp\n");
  }

  @Test
  void masksSecrets() {
    var line = line("failed at {0}", "Register[prompt=use password=hunter2 there]");
    line.setThrown(new IllegalStateException("token: abcdefgh12345678"));

    assertThat(new LineFormat().format(line))
        .contains("password=[masked] there", "token: [masked]")
        .doesNotContain("hunter2", "abcdefgh");
  }

  @Test
  void showsNoTraceThatLooksLikeALine() {
    var line = line("failed");
    line.setThrown(new IllegalStateException("a\033[2J" + FORGED, new RuntimeException(FORGED)));

    assertThat(new LineFormat().format(line).lines().skip(1))
        .isNotEmpty()
        .allMatch(each -> each.startsWith("    "))
        .noneMatch(each -> each.contains("\033"));
  }

  @Test
  void cutsWhatIsTooLong() {
    var line = line("said {0}", "x".repeat(1_000_000));

    assertThat(new LineFormat().format(line)).hasSizeLessThan(4_200).endsWith("x…\n");
  }

  private static LogRecord line(String message, Object... parameters) {
    var line = new LogRecord(Level.INFO, message);
    line.setLoggerName("dev.atmd.Test");
    line.setParameters(parameters);
    return line;
  }
}
