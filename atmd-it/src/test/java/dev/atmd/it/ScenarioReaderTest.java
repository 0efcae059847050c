package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scenario that says nothing is refused, and an expectation that does not hold is told. */
final class ScenarioReaderTest {
  private static final String HEAD = "It shows something.\n\n";

  @Test
  void readsStepsWithWhatIsExpectedAfterThem() {
    var read =
        ScenarioReader.read(
            "codex/x",
            HEAD
                + "common {\"a\":1}\n"
                + "start p\n"
                + "send pid=p at=5 {\"b\":\n"
                + "    2}\n"
                + "  s: idle|gone detail~Bash prompt=\"a b\"\n"
                + "  sessions: 1|2\n");

    assertThat(read.description()).isEqualTo("It shows something.");
    assertThat(read.steps().getFirst()).isEqualTo(new Scenario.Start(4, "p", List.of()));
    assertThat(read.steps().getLast())
        .isEqualTo(
            new Scenario.Send(
                5,
                "codex",
                Map.of("pid", "p", "at", "5"),
                Wire.JSON.createObjectNode().put("a", 1).put("b", 2),
                List.of(
                    new Expectation.State(
                        "s",
                        List.of("idle", "gone"),
                        List.of(
                            new Expectation.Field("detail", true, "Bash"),
                            new Expectation.Field("prompt", false, "a b"))),
                    new Expectation.Count(Set.of(1, 2)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "send {}\n  s: idle",
        HEAD,
        HEAD + "start p\n",
        HEAD + "send {}\n",
        HEAD + "kill p\n",
        HEAD + "send\n  s: idle",
        HEAD + "send {\n  s: idle",
        HEAD + "send []\n  s: idle",
        HEAD + "send pidd=3 {}\n  s: idle",
        HEAD + "wait 3\n  s: idle",
        HEAD + "send {}\n  s: sleeping",
        HEAD + "send {}\n  s: idle mood=good",
        HEAD + "send {}\n  s: idle detail=a b",
        HEAD + "send {}\n  sessions: many"
      })
  void refusesWhatIsNoScenario(String text) {
    assertThatThrownBy(() -> ScenarioReader.read("codex/x", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("codex/x, line ");
  }

  @Test
  void tellsWhatIsNotAsExpected() {
    try (var cast = new Cast()) {
      var session =
          Wire.parse(
              "{\"id\":\"%s\",\"status\":\"attention_needed\",\"reason\":\"plan\",\"cost_usd\":0.5}"
                  .formatted(cast.id("s")));

      assertThat(wrong("s: attention_needed(plan) cost=0.5 detail=none", cast, session)).isEmpty();
      assertThat(wrong("s: idle|attention_needed", cast, session)).isEmpty();
      assertThat(wrong("r: gone", cast, session)).isEmpty();
      assertThat(wrong("s: attention_needed(form)", cast, session)).isPresent();
      assertThat(wrong("s: idle", cast, session)).isPresent();
      assertThat(wrong("s: gone", cast, session)).isPresent();
      assertThat(wrong("r: idle", cast, session)).isPresent();
      assertThat(wrong("s: attention_needed cost=0.7", cast, session)).isPresent();
      assertThat(wrong("s: attention_needed detail~B", cast, session)).isPresent();
      assertThat(wrong("sessions: 0|2", cast, session)).isPresent();
    }
  }

  private static Optional<String> wrong(String expected, Cast cast, JsonNode session) {
    var scenario = ScenarioReader.read("codex/x", HEAD + "send {}\n  " + expected);
    return scenario
        .steps()
        .getFirst()
        .expectations()
        .getFirst()
        .mismatch(cast, cast.own(List.of(session)));
  }
}
