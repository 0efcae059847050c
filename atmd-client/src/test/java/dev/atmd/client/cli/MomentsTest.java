package dev.atmd.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  private final Moments moments =
      new Moments(Instant.parse("2026-11-21T14:00:00Z"), ZoneId.of("Europe/Helsinki"));

  @ParameterizedTest
  @CsvSource({
    "14:05, 2026-11-21T12:05:00Z",
    "15:59:30, 2026-11-21T13:59:30Z",
    "16:01, 2026-11-20T14:01:00Z",
    "2026-11-20, 2026-11-19T22:00:00Z",
    "2026-11-20T08:30, 2026-11-20T06:30:00Z",
    "2026-11-20T08:30:00Z, 2026-11-20T08:30:00Z",
    "today, 2026-11-20T22:00:00Z",
    "yesterday, 2026-11-19T22:00:00Z",
    "30s, 2026-11-21T13:59:30Z",
    "90m, 2026-11-21T12:30:00Z",
    "2h, 2026-11-21T12:00:00Z",
    "3d, 2026-11-18T14:00:00Z",
    "1w, 2026-11-14T14:00:00Z",
  })
  void understandsHowPeopleWriteTimes(String text, String moment) {
    assertThat(moments.parse(text)).contains(Instant.parse(moment));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "noon", "25:00", "2026-13-01", "2x", "-2h", "h", "9999999d"})
  void doesNotGuess(String text) {
    assertThat(moments.parse(text)).isEmpty();
  }

  @Test
  void showsItsFormsAsItUnderstandsThem() {
    for (var form : Moments.FORMS.split(", ", -1)) {
      assertThat(moments.parse(form)).as(form).isPresent();
    }
  }
}
