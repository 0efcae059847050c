package dev.atmd.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final String LIST =
      """
      {"type":"session_list","sessions":[{"a":"],\\"{","b":[1,2]}, {"c":{}},{}],"seq":3}\
      """;

  @Test
  void takesOutTheElementsOfAField() {
    assertThat(JsonText.elements(LIST, "sessions"))
        .containsExactly("{\"a\":\"],\\\"{\",\"b\":[1,2]}", "{\"c\":{}}", "{}");
  }

  @Test
  void findsNoElementsInAnEmptyArray() {
    assertThat(JsonText.elements("{\"sessions\" : [ ] }", "sessions")).isEmpty();
  }

  @Test
  void refusesAFieldThatIsNotThere() {
    assertThatThrownBy(() -> JsonText.elements("{\"x\":{\"sessions\":[1]}}", "sessions"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void laysOutWithoutChangingAnyValue() {
    assertThat(JsonText.prettyArray(List.of("{\"a\":\"x: [,]\\\\\",\"b\":[1.50, null],\"c\":{ }}")))
        .isEqualTo(
            """
            [
              {
                "a": "x: [,]\\\\",
                "b": [
                  1.50,
                  null
                ],
                "c": {}
              }
            ]\
            """);
  }

  @Test
  void laysOutNothing() {
    assertThat(JsonText.prettyArray(List.of())).isEqualTo("[]");
  }
}
