package dev.atmd.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: from 1 s doubling to 30 s (atm-protocol §1.3), less up
 * to half by chance, so that the watchers of one daemon do not come back all at once. Not
 * thread-safe.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private Duration ceiling = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    var millis = ceiling.toMillis();
    ceiling = Duration.ofMillis(Math.min(2 * millis, LONGEST.toMillis()));
    return Duration.ofMillis(random.nextLong(millis / 2, millis + 1));
  }

  /** After a success: the next failure starts small again. */
  void reset() {
    ceiling = FIRST;
  }
}
