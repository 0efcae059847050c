package dev.atmd.server.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PausesTest {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Pauses pauses = new Pauses(LONGEST, new Random(1));

  private void assertNext(Duration lasted, double atMostSeconds) {
    var most = Duration.ofMillis((long) (1_000 * atMostSeconds));

    assertThat(pauses.after(lasted)).isBetween(most.dividedBy(2), most);
  }

  @Test
  void growUpToTheLongest() {
    for (var seconds : new double[] {1, 2, 4, 5, 5}) {
      assertNext(Duration.ZERO, seconds);
    }
  }

  @Test
  void startSmallAfterAConnectionThatLasted() {
    assertNext(Duration.ZERO, 1);
    assertNext(Duration.ZERO, 2);

    assertNext(LONGEST, 1);
  }

  @Test
  void growAfterAConnectionThatDidNotLast() {
    assertNext(Duration.ZERO, 1);

    assertNext(LONGEST.minusNanos(1), 2);
  }

  @Test
  void areNeverLongerThanTheLongest() {
    var quick = new Pauses(Duration.ofMillis(100), new Random(2));

    assertThat(IntStream.range(0, 5).mapToObj(_ -> quick.after(Duration.ZERO)))
        .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(100)));
  }
}
