package dev.atmd.server.log;

import dev.atmd.core.text.Secrets;
import dev.atmd.core.text.TerminalText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line per event: time, level, who, what. A bug is followed by where it happened, indented, so
 * that nothing quoted there looks like a line of the log. What strangers said comes out harmless
 * for a terminal, without secrets, and cut.
 */
final class LineFormat extends Formatter {
  /** A command with all its texts may be quoted; its beginning says which it was. */
  private static final int MAX_CHARS = 4_096;

  /** Of a trace that goes round in circles the end says nothing new. */
  private static final int MAX_TRACE_CHARS = 16_384;

  @Override
  public String format(LogRecord line) {
    var logger = String.valueOf(line.getLoggerName());
    var who = logger.substring(logger.lastIndexOf('.') + 1);
    var text = TerminalText.neutral(harmless(formatMessage(line), MAX_CHARS));
    return line.getInstant().truncatedTo(ChronoUnit.MILLIS)
        + " "
        + level(line.getLevel())
        + " "
        + who
        + ": "
        + text
        + "\n"
        + trace(line.getThrown());
  }

  /** Cut first: what masks takes time in proportion to the text. */
  private static String harmless(String text, int maxChars) {
    return Secrets.masked(text.length() > maxChars ? text.substring(0, maxChars) + "…" : text);
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  private static String trace(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return TerminalText.neutralLines(harmless(text.toString(), MAX_TRACE_CHARS)).indent(4);
  }
}
