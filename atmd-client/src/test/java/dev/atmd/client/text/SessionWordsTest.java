package dev.atmd.client.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionWordsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "/srv/shop, shop",
    "/srv/shop/, shop",
    "/srv/shop//, shop",
    "/srv/café, café",
    "shop, shop",
    "/, /",
    "//, //",
    "'', ''"
  })
  void namesAPathByItsLastPart(String path, String name) {
    assertThat(SessionWords.lastName(path)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"-5, just now", "0, just now", "59, just now", "60, 1m ago", "3600, 1h ago"})
  void saysInMinutesHowLongAgoSomethingEnded(int seconds, String text) {
    assertThat(SessionWords.ago(NOON, NOON.plusSeconds(seconds))).isEqualTo(text);
  }
}
