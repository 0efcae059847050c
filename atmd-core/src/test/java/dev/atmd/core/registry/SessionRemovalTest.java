package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.found;
import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.status;
import static dev.atmd.core.registry.Reports.statusIn;
import static dev.atmd.core.registry.TableUnderTest.EVICTABLE;
import static dev.atmd.core.registry.TableUnderTest.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RegistryCommand.ExpireSilent;
import dev.atmd.core.registry.RegistryCommand.Relocate;
import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Place;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How sessions go: by death, by silence, and to make room. */
class SessionRemovalTest {
  private static final Outcome FULL = new Outcome.Refused(new Refusal.Full(2));

  private final TableUnderTest table = new TableUnderTest(2);

  @Test
  void aSessionDiesWithItsProcess() {
    var process = table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(new RemoveDead(List.of(process)))).containsExactly("-a process_died");
    assertThat(table.ids()).isEmpty();
  }

  @Test
  void theDeathOfAnEarlierProcessOfThatPidKillsNobody() {
    var earlier = table.processes.start(7);
    table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(table.applied(new RemoveDead(List.of(earlier)))).isEmpty();
  }

  @Test
  void watchesTheProcessesItCanSee() {
    var process = table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", 8L, new TurnStarted()));

    assertThat(table.answer(new RegistryCommand.ListProcesses()))
        .isEqualTo(new Outcome.Watched(List.of(process)));
  }

  @Test
  void aSessionWithoutAProcessExpiresAfterItsSilence() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.pass(SILENCE.minusSeconds(1));
    assertThat(table.applied(new ExpireSilent())).isEmpty();

    table.pass(Duration.ofSeconds(1));
    assertThat(table.applied(new ExpireSilent())).containsExactly("-a expired");
  }

  @Test
  void aSessionWithAProcessNeverExpires() {
    table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));
    table.pass(SILENCE.multipliedBy(2));

    assertThat(table.applied(new ExpireSilent())).isEmpty();
  }

  @Test
  void speakingPutsExpiryOff() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", 8L, new TurnStarted()));
    table.pass(SILENCE.minusSeconds(1));
    table.apply(status("a", 7L));
    table.pass(Duration.ofSeconds(1));

    assertThat(table.applied(new ExpireSilent())).containsExactly("-b expired");
  }

  @Test
  void everyWayOfCreationIsRefusedWhenFull() {
    table.processes.start(7);
    table.processes.start(8);
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", 8L, new TurnStarted()));
    table.pass(SILENCE);

    assertThat(table.answer(hook("c", 9L, new TurnStarted()))).isEqualTo(FULL);
    assertThat(table.answer(status("c", 9L))).isEqualTo(FULL);
    assertThat(table.answer(found(9))).isEqualTo(FULL);
    assertThat(table.snapshot().seq()).isEqualTo(2);
  }

  @Test
  void aFullTableStillServesWhatItKnows() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", 8L, new TurnStarted()));

    assertThat(table.applied(status("a", 7L))).containsExactly("a");
  }

  @Test
  void theMostSilentSessionGivesWay() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", 8L, new TurnStarted()));
    table.pass(EVICTABLE);
    table.apply(status("a", 7L));

    assertThat(table.applied(found(9))).containsExactly("-b evicted", "+pending-9");
  }

  @Test
  void nobodyGivesWayBeforeItsTime() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", 8L, new TurnStarted()));
    table.pass(EVICTABLE.minusSeconds(1));

    assertThat(table.answer(found(9))).isEqualTo(FULL);
  }

  @Test
  void aRemovalMakesRoom() {
    var process = table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", 8L, new TurnStarted()));
    table.apply(new RemoveDead(List.of(process)));

    assertThat(table.applied(hook("c", 9L, new TurnStarted()))).containsExactly("+c");
  }

  @Test
  void beingToldOfIsNotSpeaking() {
    table.apply(statusIn("a", 7, null, "/home/dev"));
    table.pass(Duration.ofMinutes(1));
    table.apply(hook("b", 8L, new TurnStarted()));
    table.apply(new Relocate("/home/dev", new Place.GitLocation("/home/dev", null, "main")));
    table.pass(EVICTABLE.minusMinutes(1));

    assertThat(table.applied(found(9))).containsExactly("-a evicted", "+pending-9");
  }
}
