package dev.atmd.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreRestTest {
  /** In milliseconds. */
  @ParameterizedTest
  @CsvSource({
    "   0,   100,   100",
    "   5,   100,   100",
    "  50,   100,   450",
    "2000,   100, 10000",
    "2000, 60000, 60000",
  })
  void restsNineTimesAsLongAsItHasWorkedWithinBounds(long work, long window, long rest) {
    assertThat(Store.restAfter(Duration.ofMillis(work), Duration.ofMillis(window)))
        .isEqualTo(Duration.ofMillis(rest));
  }
}
