package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.CONTEXT;
import static dev.atmd.core.registry.Reports.COSTS;
import static dev.atmd.core.registry.Reports.OPUS;
import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.hookInPane;
import static dev.atmd.core.registry.Reports.status;
import static dev.atmd.core.registry.Reports.statusIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.ContextUsage;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import dev.atmd.core.session.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a status line founds and changes (atm-behaviour §5). */
class SessionStatusLineTest {
  private static final ContextUsage CONTEXT_AS_REPORTED =
      new ContextUsage(200_000, new TokenCounts(1_000, 500, 2_000, 40_000), 50_000, 10_000, null);

  private final TableUnderTest table = new TableUnderTest();

  @Test
  void foundsAnIdleSessionWithItsNumbers() {
    table.apply(status("a", 7L, OPUS, COSTS, CONTEXT));

    var session = table.session("a");
    assertThat(session.state()).isEqualTo(new Idle(table.now()));
    assertThat(session.model()).isEqualTo(OPUS);
    assertThat(session.usage())
        .isEqualTo(
            new Usage(
                CONTEXT_AS_REPORTED,
                Money.ofDollars(0.35),
                Duration.ofMillis(135_000),
                Duration.ofMillis(2_300),
                new LinesChanged(150, 30)));
  }

  @Test
  void foundsNothingWithoutAModel() {
    assertThat(table.applied(status("a", 7L, null, COSTS, CONTEXT))).isEmpty();
  }

  @Test
  void makesASessionWithoutEventsWork() {
    table.apply(status("a", 7L));
    table.pass(Duration.ofSeconds(1));
    table.apply(status("a", 7L));

    assertThat(table.session("a").state()).isEqualTo(new Working(table.now(), null));
    assertThat(table.session("a").lastActivity()).isEqualTo(table.now());
  }

  @Test
  void leavesASessionWithEventsAsItIs() {
    table.apply(hook("a", 7L, new TurnEnded()));
    var idle = table.session("a").state();
    table.pass(Duration.ofSeconds(1));
    table.apply(status("a", 7L));

    assertThat(table.session("a").state()).isEqualTo(idle);
  }

  @Test
  void leavesAnOpenQuestionOpen() {
    table.apply(hook("a", 7L, new AttentionRaised(AttentionReason.QUESTION, "Ask")));
    table.apply(status("a", 7L));

    assertThat(table.session("a").state()).isInstanceOf(AttentionNeeded.class);
  }

  @Test
  void keepsTheNumbersItDoesNotSay() {
    table.apply(status("a", 7L, OPUS, COSTS, CONTEXT));
    var before = table.session("a").usage();
    table.apply(status("a", 7L, null, null, null));

    assertThat(table.session("a").usage()).isEqualTo(before);
    assertThat(table.session("a").model()).isEqualTo(OPUS);
  }

  @Test
  void keepsTheCurrentUsageItDoesNotSay() {
    table.apply(status("a", 7L, OPUS, COSTS, CONTEXT));
    table.apply(
        status("a", 7L, OPUS, COSTS, new StatusReport.Context(null, 60_000L, 11_000L, null, null)));

    assertThat(table.session("a").usage().context())
        .isEqualTo(
            new ContextUsage(
                200_000, new TokenCounts(1_000, 500, 2_000, 40_000), 60_000, 11_000, null));
  }

  @Test
  void anEmptyCurrentUsageEmptiesTheContext() {
    table.apply(status("a", 7L, OPUS, COSTS, CONTEXT));
    table.apply(
        status(
            "a", 7L, OPUS, COSTS, new StatusReport.Context(null, 0L, 0L, TokenCounts.ZERO, null)));

    assertThat(table.session("a").usage().context().percentage()).isZero();
  }

  @Test
  void theReportedPercentageWinsUntilItIsReportedNoMore() {
    var counts = new TokenCounts(100_000, 0, 0, 0);
    table.apply(
        status("a", 7L, OPUS, COSTS, new StatusReport.Context(200_000L, 0L, 0L, counts, 73.0)));
    assertThat(table.session("a").usage().context().percentage()).isEqualTo(73.0);

    table.apply(status("a", 7L, OPUS, COSTS, new StatusReport.Context(null, 0L, 0L, null, null)));
    assertThat(table.session("a").usage().context().percentage()).isEqualTo(73.0);

    table.apply(status("a", 7L, OPUS, COSTS, new StatusReport.Context(null, 0L, 0L, counts, null)));
    assertThat(table.session("a").usage().context().percentage()).isEqualTo(50.0);
  }

  @Test
  void updatesTheWindowTheModelAndTheVersion() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(
        status(
            "a",
            7L,
            Model.of("gpt-5", null),
            null,
            new StatusReport.Context(1_000_000L, 0L, 0L, null, null)));
    table.apply(statusIn("a", 7, null, "/home/dev"));

    assertThat(table.session("a").usage().context().window()).isEqualTo(1_000_000);
    assertThat(table.session("a").model()).isEqualTo(OPUS);
    assertThat(table.session("a").version()).isEqualTo("2.0.1");
  }

  @Test
  void aLaterPaneCorrectsAnEarlierOneAndAnEmptyOneDoesNot() {
    table.apply(statusIn("a", 7, "%1", "/home/dev"));
    assertThat(table.session("a").pane()).isEqualTo(new TmuxPane("%1"));

    table.apply(hookInPane("a", 7, "%2", new TurnStarted()));
    assertThat(table.session("a").pane()).isEqualTo(new TmuxPane("%2"));

    table.apply(statusIn("a", 7, "", "/home/dev"));
    assertThat(table.session("a").pane()).isEqualTo(new TmuxPane("%2"));
  }

  @Test
  void followsTheWorkingDirectory() {
    table.apply(statusIn("a", 7, null, "/home/dev/shop"));
    table.apply(statusIn("a", 7, null, "/home/dev/bank"));

    assertThat(table.session("a").place()).isEqualTo(new Place("/home/dev/bank", null));
  }

  @Test
  void keepsWhatGitSaidOfAnUnchangedDirectory() {
    var git = new Place.GitLocation("/home/dev/shop", "/home/dev/shop", "main");
    table.apply(statusIn("a", 7, null, "/home/dev/shop"));
    table.apply(new RegistryCommand.Relocate("/home/dev/shop", git));
    table.apply(statusIn("a", 7, null, "/home/dev/shop"));

    assertThat(table.session("a").place()).isEqualTo(new Place("/home/dev/shop", git));
  }
}
