package dev.atmd.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  /** Always the latest moment allowed. */
  private static final RandomGenerator LATEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new AssertionError("only bounded numbers are wanted");
        }

        @Override
        public long nextLong(long origin, long bound) {
          return bound - 1;
        }
      };

  @Test
  void doublesUpToItsLongest() {
    var backoff = new Backoff(LATEST);

    assertThat(Stream.generate(backoff::next).limit(7).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void startsSmallAfterASuccess() {
    var backoff = new Backoff(LATEST);
    backoff.next();
    backoff.next();

    backoff.reset();

    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsAtLeastHalf() {
    var seed = System.nanoTime();
    for (var i = 0; i < 200; i++) {
      assertThat(new Backoff(new SplittableRandom(seed + i)).next())
          .as("seed %d", seed + i)
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
  }
}
