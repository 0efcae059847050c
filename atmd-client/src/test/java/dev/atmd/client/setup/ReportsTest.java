package dev.atmd.client.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_264_000);

  @Test
  void saysHowOldTheLastEventIs() {
    assertThat(
            findings(
                """
                # HELP atmd_agent_events_total x
                atmd_agent_events_total{harness="claude"} 12.0
                atmd_agent_last_event_seconds{harness="claude"} 1.795263970E9
                """,
                "claude"))
        .containsExactly(Finding.ok("events of claude", "the last one 30 s ago, 12 in all"));
  }

  @Test
  void warnsOfAConnectedHarnessThatSaysNothing() {
    assertThat(findings("", "codex"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Finding.Level.WARNING);
          assertThat(finding.seen()).startsWith("none reported");
        });
  }

  @Test
  void namesWhatIsUnknown() {
    var text =
        """
        atmd_agent_unknown_events_total{harness="codex",name="B\\"x"} 2
        atmd_agent_unknown_events_total{harness="codex",name="A"} 1
        atmd_agent_unknown_events_total{harness="pi",name="gone"} 0
        atmd_agent_unknown_fields_total{harness="pi",name="f"} 1
        """;

    assertThat(findings(text).stream().map(each -> each.topic() + ": " + each.seen()))
        .containsExactly("unknown events of codex: A, B\"x", "unknown fields of pi: f");
  }

  @Test
  void seesAClockThatIsAhead() {
    assertThat(findings("atmd_agent_last_event_seconds{harness=\"pi\"} 1795264060"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.topic()).isEqualTo("clock");
          assertThat(finding.seen()).contains("60 s in the future");
        });
  }

  @Test
  void tellsOfTheSpoolOnlyWhereThereIsOne() {
    assertThat(findings("")).isEmpty();
    assertThat(findings("atmd_spool_waiting 0.0"))
        .containsExactly(Finding.ok("spool", "no event waits"));
    assertThat(findings("atmd_spool_waiting 3.0").getFirst().seen())
        .isEqualTo("3 events wait to be read");
  }

  @Test
  void isNotMisledByOtherLines() {
    assertThat(findings("atmd_spool_waiting\n{} 1\natmd_spool_waiting +Inf x\n\u0000")).isEmpty();
  }

  private static List<Finding> findings(String metrics, String... connected) {
    return new Reports(MetricsText.of(metrics), NOW).findings(List.of(connected));
  }
}
