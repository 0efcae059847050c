package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.found;
import static dev.atmd.core.registry.Reports.hook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RegistryCommand.ExpireSilent;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that jumps changes what is shown of time, and nothing else. */
class ClockTest {
  private static final Delivery BY_NAME = new Delivery(null, null, IdentityRule.BY_NAME);

  private final TableUnderTest table = new TableUnderTest();

  @ParameterizedTest
  @ValueSource(longs = {-100_000, -60, 60, 100_000})
  void aTurnGoesOnWhateverTheClockDoes(long minutes) {
    table.processes.start(7);
    table.apply(found(7));
    table.apply(hook("a", 7L, new PromptSubmitted("fix"), BY_NAME));

    table.pass(Duration.ofMinutes(minutes));
    table.apply(hook("a", 7L, new ToolStarted("Bash"), BY_NAME));
    assertThat(table.session("a").state().status()).isEqualTo(Status.WORKING);

    table.pass(Duration.ofMinutes(-minutes));
    table.apply(hook("a", 7L, new TurnEnded(), BY_NAME));
    assertThat(table.session("a").state().status()).isEqualTo(Status.IDLE);
  }

  @Test
  void aClockThatIsPutBackExpiresNobody() {
    table.apply(hook("a", null, new SessionStarted(), BY_NAME));
    table.pass(Duration.ofDays(-3));

    assertThat(table.applied(new ExpireSilent())).isEmpty();
    table.apply(hook("b", null, new SessionStarted(), BY_NAME));
    assertThat(table.ids()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whoHasAProcessIsNotExpiredByAClockThatJumps() {
    table.processes.start(7);
    table.apply(hook("a", 7L, new SessionStarted(), BY_NAME));
    table.pass(Duration.ofDays(400));

    assertThat(table.applied(new ExpireSilent())).isEmpty();
    assertThat(table.ids()).containsExactly("a");
  }

  @Test
  void whoIsOverStaysOverWhenTheClockIsPutBack() {
    table.apply(hook("a", 7L, new SessionStarted(), BY_NAME));
    table.apply(hook("a", 7L, new SessionEnded(), BY_NAME));
    table.pass(Duration.ofHours(-5));

    assertThat(table.applied(hook("a", 7L, new ToolStarted("Bash"), BY_NAME))).isEmpty();
    assertThat(table.ids()).isEmpty();
  }
}
