package dev.atmd.server.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogRecord;

/**
 * Lets each cause have a few lines per period; the first line of the next period says how many were
 * left out. A cause is a logger and its message before its parameters are filled in. Thread-safe.
 */
final class RateLimit {
  private static final int LINES = 10;
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** More causes than the program has; a message built on the spot is a cause of its own. */
  private static final int MAX_CAUSES = 512;

  private final InstantSource clock;
  private final Map<String, Period> periods = new LinkedHashMap<>();

  RateLimit(InstantSource clock) {
    this.clock = clock;
  }

  private static final class Period {
    private final Instant end;
    private int lines;

    private Period(Instant end) {
      this.end = end;
    }
  }

  synchronized boolean isLoggable(LogRecord line) {
    var now = clock.instant();
    var cause = line.getLoggerName() + ':' + line.getMessage();
    var period = periods.get(cause);
    if (period == null || !now.isBefore(period.end)) {
      var leftOut = period == null ? 0 : period.lines - LINES;
      period = begin(cause, now);
      if (leftOut > 0) {
        line.setMessage(line.getMessage() + " (and " + leftOut + " more like this)");
      }
    }
    period.lines++;
    return period.lines <= LINES;
  }

  private Period begin(String cause, Instant now) {
    periods.remove(cause);
    if (periods.size() == MAX_CAUSES) {
      periods.remove(periods.keySet().iterator().next());
    }
    var period = new Period(now.plus(PERIOD));
    periods.put(cause, period);
    return period;
  }
}
