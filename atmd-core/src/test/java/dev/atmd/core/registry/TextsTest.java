package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.statusIn;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final int BUDGET = 100_000;
  private static final String LONG = "p".repeat(8_000);

  private final TableUnderTest table = new TableUnderTest(1_000, 10_000, BUDGET);

  @Test
  void leavesAllTextsThatFit() {
    for (var i = 0; i < 6; i++) {
      prompt("s" + i, LONG);
    }

    assertThat(table.snapshot().sessions()).allMatch(each -> LONG.equals(each.firstPrompt()));
    assertThat(table.textsShortened()).isZero();
    assertThat(table.textBytes()).isBetween(6L * 16_000, (long) BUDGET);
  }

  @Test
  void shortensThoseThatHaveBeenSilentLongestAndSaysSo() {
    for (var i = 0; i < 6; i++) {
      prompt("s" + i, LONG);
    }
    table.apply(hook("s0", 1_000L, new LifecycleEvent.Noticed()));
    table.pass(Duration.ofSeconds(1));

    var told = table.applied(hook("s6", 1_006L, new PromptSubmitted(LONG)));

    assertThat(told).containsExactly("+s6", "s1", "s2");
    assertThat(promptOf("s1")).isEqualTo("p".repeat(200) + "…");
    assertThat(promptOf("s0")).isEqualTo(LONG);
    assertThat(promptOf("s6")).isEqualTo(LONG);
    assertThat(table.textsShortened()).isEqualTo(2);
    assertThat(table.textBytes()).isLessThanOrEqualTo(BUDGET - BUDGET / 8);
  }

  @Test
  void lastsForAnyNumberOfSessions() {
    for (var i = 0; i < 1_000; i++) {
      prompt("s" + i, LONG);

      assertThat(table.textBytes()).isLessThanOrEqualTo(BUDGET);
      if (i == 100) {
        assertThat(table.ids()).as("shortened, not gone").hasSize(101);
        assertThat(promptOf("s100")).isEqualTo(LONG);
      }
    }
    assertThat(table.ids()).contains("s999");
  }

  @Test
  void letsGoWhatCannotBeShortened() {
    for (var i = 0; i < 100; i++) {
      table.apply(statusIn("s" + i, 1_000 + i, null, "/" + i + "d".repeat(4_000)));
      table.pass(Duration.ofSeconds(1));
    }

    assertThat(table.textBytes()).isLessThanOrEqualTo(BUDGET);
    assertThat(table.ids()).contains("s99").doesNotContain("s0");
  }

  @Test
  void countsNothingOfWhatIsGone() {
    prompt("s1", LONG);
    table.apply(hook("s1", 1_001L, new LifecycleEvent.SessionEnded()));

    assertThat(table.ids()).isEmpty();
    assertThat(table.textBytes()).isZero();
  }

  private void prompt(String id, String text) {
    table.apply(hook(id, 1_000L + Long.parseLong(id.substring(1)), new PromptSubmitted(text)));
    table.pass(Duration.ofSeconds(1));
  }

  private String promptOf(String id) {
    return requireNonNull(table.session(id).firstPrompt());
  }
}
