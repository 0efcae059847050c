package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.found;
import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Pid;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which session a report is about, and under which name (R3 to R8). */
class SessionIdentityTest {
  private final TableUnderTest table = new TableUnderTest();

  @Test
  void aHookNamesAPendingSession() {
    table.processes.start(7);
    table.apply(found(7));
    var before = table.session("pending-7");

    var events = table.apply(hook("a", 7L, new TurnStarted()));

    var after = table.session("a");
    assertThat(events)
        .containsExactly(
            new Removed(2, Reports.id("pending-7"), RemovalReason.RENAMED, Reports.id("a")),
            new Updated(3, after));
    assertThat(after.place()).isEqualTo(before.place());
  }

  @Test
  void aStatusLineNamesAPendingSession() {
    table.apply(found(7));

    assertThat(table.applied(status("a", 7L))).containsExactly("-pending-7 renamed a", "a");
  }

  @Test
  void aStatusLineReplacesARealName() {
    table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));
    table.pass(Duration.ofMinutes(1));

    assertThat(table.applied(status("b", 7L))).containsExactly("-a renamed b", "b");
    assertThat(table.session("b").startedAt()).isEqualTo(TableUnderTest.NOON);
  }

  @Test
  void aHookDoesNotReplaceARealName() {
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(hook("b", 7L, new ToolStarted("Bash")))).containsExactly("a");
    assertThat(table.session("a").state().detail()).isEqualTo("Bash");
  }

  @Test
  void aPlaceholderDoesNotReplaceARealName() {
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(status("pending-7", 7L))).containsExactly("a");
    assertThat(table.applied(hook("pending-7", 7L, new TurnEnded()))).containsExactly("a");
  }

  @Test
  void aKnownNameIsFoundWithoutAProcess() {
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(hook("a", null, new TurnEnded()))).containsExactly("a");
    assertThat(table.applied(status("a", null))).containsExactly("a");
  }

  @Test
  void aKnownNameIsFoundUnderAnUnknownProcess() {
    table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(hook("a", 99L, new TurnEnded()))).containsExactly("a");
    assertThat(table.session("a").pid()).isEqualTo(new Pid(7));
  }

  @Test
  void aNameMovesToAnotherLivingProcess() {
    var old = table.processes.start(7);
    table.processes.start(8);
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(hook("a", 8L, new SessionStarted()))).containsExactly("a");
    assertThat(table.session("a").pid()).isEqualTo(new Pid(8));
    assertThat(table.applied(new RemoveDead(List.of(old)))).isEmpty();
  }

  @Test
  void aNameMovesIntoADiscoveredProcessAndReplacesItsPlaceholder() {
    table.processes.start(7);
    table.processes.start(8);
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(found(8));

    assertThat(table.applied(hook("a", 8L, new TurnStarted())))
        .containsExactly("-pending-8 renamed a", "a");
    assertThat(table.session("a").pid()).isEqualTo(new Pid(8));
  }

  @Test
  void anUnknownNameWithoutAProcessIsIgnored() {
    assertThat(table.applied(hook("a", null, new TurnStarted()))).isEmpty();
    assertThat(table.applied(status("a", null))).isEmpty();
  }

  @Test
  void anUnknownNameWithoutAProcessFoundsASessionIfItsDeliveryMay() {
    var agentEvent = new Delivery(null, null, IdentityRule.BY_NAME);

    assertThat(table.applied(hook("a", null, new TurnStarted(), agentEvent))).containsExactly("+a");
  }

  @Test
  void aSessionEndsByItsProcessWhateverItsName() {
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(hook("b", 7L, new SessionEnded())))
        .containsExactly("-a session_ended");
  }

  @Test
  void aSessionEndsByItsNameUnderAnUnknownProcess() {
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(hook("a", 99L, new SessionEnded())))
        .containsExactly("-a session_ended");
  }

  @Test
  void theEndOfANamelessProcessBringsUpNoNewName() {
    table.apply(found(7));

    assertThat(table.applied(hook("a", 7L, new SessionEnded())))
        .containsExactly("-pending-7 session_ended");
  }

  @Test
  void anEndFoundsNothing() {
    assertThat(table.applied(hook("a", 7L, new SessionEnded()))).isEmpty();
  }

  @Test
  void aClearedConversationBeginsWithFreshNumbers() {
    table.processes.start(7);
    table.apply(status("a", 7L, Reports.OPUS, Reports.COSTS, Reports.CONTEXT));
    table.apply(hook("a", 7L, new SessionEnded()));

    assertThat(table.applied(hook("b", 7L, new SessionStarted()))).containsExactly("+b");
    assertThat(table.session("b").usage().cost().micros()).isZero();
  }

  @Test
  void aNewSessionOnAReusedPidInheritsNothing() {
    table.processes.start(7);
    table.apply(status("a", 7L, Reports.OPUS, Reports.COSTS, Reports.CONTEXT));
    table.processes.start(7);

    assertThat(table.applied(hook("b", 7L, new SessionStarted())))
        .containsExactly("-a process_died", "+b");
  }

  @Test
  void aNewNameOnAReusedPidInheritsNothing() {
    table.processes.start(7);
    table.apply(status("a", 7L, Reports.OPUS, Reports.COSTS, Reports.CONTEXT));
    table.processes.start(7);

    assertThat(table.applied(status("b", 7L))).containsExactly("-a process_died", "+b");
    assertThat(table.session("b").usage().cost().micros()).isZero();
    table.processes.start(7);
    assertThat(table.applied(hook("c", 7L, new TurnStarted())))
        .containsExactly("-b process_died", "+c");
    table.processes.start(7);
    assertThat(table.applied(found(7))).containsExactly("-c process_died", "+pending-7");
  }
}
