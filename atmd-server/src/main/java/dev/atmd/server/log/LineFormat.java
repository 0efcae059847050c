package dev.atmd.server.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** One line per event: time, level, who, what. A bug is followed by where it happened. */
final class LineFormat extends Formatter {
  @Override
  public String format(LogRecord line) {
    var logger = String.valueOf(line.getLoggerName());
    var who = logger.substring(logger.lastIndexOf('.') + 1);
    var text = formatMessage(line).replace('\n', ' ').replace('\r', ' ');
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
    return text.toString();
  }
}
