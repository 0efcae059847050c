package dev.atmd.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private Instant now = Instant.EPOCH;
  private final RateLimit limit = new RateLimit(() -> now);

  @Test
  void letsTenLinesOfOneCauseThroughPerPeriod() {
    for (var i = 0; i < 10; i++) {
      assertThat(limit.isLoggable(line("cannot accept: {0}"))).isTrue();
    }
    assertThat(limit.isLoggable(line("cannot accept: {0}"))).isFalse();
  }

  @Test
  void countsEachCauseByItself() {
    for (var i = 0; i < 20; i++) {
      limit.isLoggable(line("one"));
    }
    assertThat(limit.isLoggable(line("another"))).isTrue();
  }

  @Test
  void saysInTheNextPeriodHowManyWereLeftOut() {
    for (var i = 0; i < 25; i++) {
      limit.isLoggable(line("one"));
    }
    now = now.plusSeconds(10);
    var first = line("one");

    assertThat(limit.isLoggable(first)).isTrue();
    assertThat(first.getMessage()).isEqualTo("one (and 15 more like this)");
  }

  private static LogRecord line(String message) {
    var line = new LogRecord(Level.INFO, message);
    line.setLoggerName("dev.atmd.Test");
    return line;
  }
}
