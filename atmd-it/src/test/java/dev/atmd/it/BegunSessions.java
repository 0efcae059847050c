package dev.atmd.it;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * How often each session has begun in the daemons of this JVM, as they log it while they apply what
 * lets it begin. A subscriber could not tell: what it has not read when a daemon ends is lost.
 */
final class BegunSessions extends Handler {
  /** Held because the JDK forgets the level of a logger that nobody holds. */
  private final Logger logger = Logger.getLogger("dev.atmd.sessions");

  private final Map<String, Integer> times = new ConcurrentHashMap<>();

  static BegunSessions watched() {
    var watched = new BegunSessions();
    watched.logger.setLevel(Level.INFO);
    watched.logger.setUseParentHandlers(false);
    watched.logger.addHandler(watched);
    return watched;
  }

  /** By the beginning of their ids: eight characters. */
  Map<String, Integer> times() {
    return times;
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getMessage().startsWith("{0} began")) {
      times.merge(line.getParameters()[0].toString(), 1, Integer::sum);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }
}
