package dev.atmd.server.streams;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: up to a second at first, then twice as long each time,
 * less up to half by chance. A connection that did not last counts as a failed attempt, so that one
 * that is lost again and again costs no more than one that is never there. Confined to one thread.
 */
final class Pauses {
  private static final Duration FIRST = Duration.ofSeconds(1);

  private final Duration longest;
  private final RandomGenerator random;
  private long ceilingNanos;

  Pauses(Duration longest, RandomGenerator random) {
    this.longest = longest;
    this.random = random;
    this.ceilingNanos = firstNanos();
  }

  /**
   * The pause after a connection, or an attempt at one.
   *
   * @param lasted zero if there was none
   */
  Duration after(Duration lasted) {
    if (lasted.compareTo(longest) >= 0) {
      ceilingNanos = firstNanos();
    }
    var nanos = ceilingNanos;
    ceilingNanos = Math.min(2 * nanos, longest.toNanos());
    return Duration.ofNanos(random.nextLong(nanos / 2, nanos + 1));
  }

  private long firstNanos() {
    return Math.min(FIRST.toNanos(), longest.toNanos());
  }
}
