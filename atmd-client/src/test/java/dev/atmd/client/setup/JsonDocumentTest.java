package dev.atmd.client.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.client.setup.JsonNode.Container;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1}",
        "{\"a\":1}",
        "{ \"a\": 1 }",
        "{\n  \"a\": 1\n}",
        "{\r\n\t\"a\": 1\r\n}\r\n",
        "{\n  \"a\": 1 // one\n}",
        "{\n  \"a\": 1 /* one */ // and\n  // end\n}",
        "{\n  \"a\": 1, // one\n}",
        "{\"a\": 1,}",
        "{\n  // none\n}",
        "{}",
        "{\n  \"a\": [\n    1\n  ], \"b\": 2\n}"
      })
  void removeIsTheInverseOfPut(String text) throws JsonSyntaxException {
    var with = JsonDocument.of(text, true).put(List.of("new"), Map.of("x", List.of(1)));

    assertThat(with.at(List.of("new", "x"))).isNotNull();
    assertThat(with.removeMember("new").text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a": 1, "b": 2, "c": 3} | 0 | {"b": 2, "c": 3}
          {"a": 1, "b": 2, "c": 3} | 1 | {"a": 1, "c": 3}
          {"a": 1, "b": 2, "c": 3} | 2 | {"a": 1, "b": 2}
          {"a": 1}                 | 0 | {}
          {"a": 1, /* b */ "b": 2} | 1 | {"a": 1 /* b */ }
          """)
  void removesAnItemWithItsComma(String text, int index, String expected)
      throws JsonSyntaxException {
    var document = JsonDocument.of(text, false);

    assertThat(document.remove(document.root(), index).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a": }              | line 1, column 7: expected a value, found '}'
          {"a" 1}              | line 1, column 6: expected ':', found '1'
          {"a": 1              | line 1, column 8: expected ',' or '}', found the end of the file
          {"a": 1,}            | line 1, column 8: a comma with nothing after it
          {"a": "b             | line 1, column 7: a string that does not end
          {"a": "\\x"}         | line 1, column 8: an unknown escape in a string
          {a: 1}               | line 1, column 2: expected a name in quotes, found 'a'
          {} {}                | line 1, column 4: expected the end of the file, found '{'
          {"a": 01}            | line 1, column 8: expected ',' or '}', found '1'
          [1]                  | line 1, column 1: expected an object
          /* {}                | line 1, column 1: a comment that does not end
          """)
  void saysWhereATextIsBroken(String text, String message) {
    assertThatThrownBy(() -> JsonDocument.of(text, false))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatIsTooDeep() {
    assertThatThrownBy(() -> JsonDocument.of("{\"a\":" + "[".repeat(100_000), false))
        .hasMessageContaining("more than 200 levels");
  }

  @Test
  void understandsEscapes() throws JsonSyntaxException {
    var document = JsonDocument.of("{\"\\u0041\\n\\/\": \"\\\"\\\\\\ud83d\\ude00\"}", false);

    assertThat(document.root().meaning()).isEqualTo(Map.of("A\n/", "\"\\\uD83D\uDE00"));
  }

  /** Whatever is added to whatever stands there comes out again, and nothing else with it. */
  @RepeatedTest(200)
  void removesWhatItInsertedAnywhere(RepetitionInfo repetition) throws JsonSyntaxException {
    var random = new Random(repetition.getCurrentRepetition());
    var text = container(random, 3, true);
    var document = JsonDocument.of(text, true);

    var with = document.put(List.of("our own"), List.of("x"));
    var root = (Container) JsonScanner.scan(with.text(), true);
    assertThat(root.items()).hasSize(document.root().items().size() + 1);

    assertThat(with.removeMember("our own").root().meaning())
        .as("seed %d: %s", repetition.getCurrentRepetition(), text)
        .isEqualTo(document.root().meaning());
    if (!document.root().items().isEmpty()) {
      assertThat(with.removeMember("our own").text()).isEqualTo(text);
    }
  }

  private static String container(Random random, int depth, boolean isObject) {
    var text = new StringBuilder(isObject ? "{" : "[");
    var count = random.nextInt(4);
    for (var item = 0; item < count; item++) {
      text.append(trivia(random));
      if (isObject) {
        text.append("\"n").append(item).append('"').append(trivia(random)).append(':');
        text.append(trivia(random));
      }
      text.append(
          depth > 0 && random.nextBoolean()
              ? container(random, depth - 1, random.nextBoolean())
              : List.of("1", "true", "\"//\"", "\"}\\\"\"", "-1.5e3").get(random.nextInt(5)));
      text.append(trivia(random));
      text.append(item < count - 1 || random.nextInt(4) == 0 ? "," : "");
    }
    return text.append(trivia(random)).append(isObject ? '}' : ']').toString();
  }

  private static String trivia(Random random) {
    return List.of("", "", " ", "\n  ", "\r\n\t", "/* , */", " // ]\n").get(random.nextInt(7));
  }
}
