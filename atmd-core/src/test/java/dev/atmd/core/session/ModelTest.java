package dev.atmd.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {
  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-6, , Opus 4.6",
    "claude-opus-4-5-20251101, , Opus 4.5",
    "claude-opus-4-5-20251101, Something else, Opus 4.5",
    "claude-sonnet-4-5, , Sonnet 4.5",
    "claude-sonnet-4-20250514, , Sonnet 4",
    "claude-sonnet-4-6, , Sonnet 4.6",
    "claude-haiku-4-5, , Haiku 4.5",
    "claude-3-5-haiku-latest, , Haiku 3.5",
    "claude-3-5-sonnet-20241022, , Sonnet 3.5 v2",
    "claude-opus-4-7-20260501, , Opus 4.7",
    "claude-opus-5, , Opus 5",
    "claude-opus-4-6[1m], , Opus 4.6",
    "claude-sonnet-4-5-20250929-v1:0, , Sonnet 4.5",
    "claude-opus-4-6[1m], Something else, Opus 4.6",
    "claude-next, , claude-next",
    "claude-opus-4-7-20260501, Opus 4.7, Opus 4.7",
    "gpt-5.5-20260101, , gpt-5.5",
    "gpt-4o, , gpt-4o",
    "gpt-4o, '', ''",
    "-20260101, , -20260101",
    "x-20260101, , x",
    "x-2026010a, , x-2026010a",
    "x_20260101, , x_20260101",
    "modèleéé-é, , modèleéé-é",
    "'', , Unknown",
    "'', Some name, Unknown"
  })
  void isShownByTheTableOrItsProviderOrWhatItsIdSays(
      String id, @Nullable String provider, String name) {
    assertThat(Model.of(id, provider)).isEqualTo(new Model(id, name));
  }
}
