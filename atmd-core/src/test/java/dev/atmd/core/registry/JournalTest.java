package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.id;
import static dev.atmd.core.registry.Reports.numbered;
import static dev.atmd.core.registry.Reports.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.HistoryEntry.Gone;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a registry is all that another run needs to go on. */
class JournalTest {
  private static final int STEPS = 3_000;

  /** Subagents whose process has not been seen yet are not kept. */
  private static final Duration ANNOUNCEMENTS_EXPIRE = Duration.ofSeconds(31);

  private static final Delivery BY_NAME = new Delivery(null, null, IdentityRule.BY_NAME);

  private final TableUnderTest table = new TableUnderTest(6);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsKeptIsWhatThereIs(long seed) {
    var world = new RandomWorld(seed, table);
    var random = new Random(seed);
    var kept = new KeptMemory();

    for (var step = 0; step < STEPS; step++) {
      var command = world.next();
      table.answer(command);
      if (random.nextInt(5) == 0) {
        kept.apply(table.takeChanges(random.nextInt(50) == 0));
        var where = "seed %d, step %d, %s".formatted(seed, step, command);
        assertThat(kept.sessions()).as(where).isEqualTo(everything(table).sessions());
      }
    }
  }

  /** With room for a few names only, all of it is written anew again and again. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void whatHasNoRoomIsWrittenAnew(long seed) {
    var small = TableUnderTest.withJournal(1_024);
    var world = new RandomWorld(seed, small);
    var random = new Random(seed);
    var kept = new KeptMemory();
    var complete = 0;

    for (var step = 0; step < STEPS; step++) {
      small.answer(world.next());
      if (random.nextInt(20) == 0) {
        var changes = small.takeChanges(false);
        complete += changes.complete() ? 1 : 0;
        kept.apply(changes);
        var where = "seed %d, step %d".formatted(seed, step);
        var all = everything(small);
        assertThat(kept.sessions()).as(where).isEqualTo(all.sessions());
        assertThat(kept.ended()).as(where).containsAll(all.ended());
        assertThat(kept.memory().seenEvents())
            .as(where)
            .endsWith(all.memory().seenEvents().toArray(String[]::new));
      }
    }
    assertThat(complete).as("complete sets").isBetween(5, STEPS / 25);
  }

  /** Two tables, one of which is replaced now and then by one that remembers, answer alike. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void anotherRunGoesOnAsIfNothingHadHappened(long seed) {
    var world = new RandomWorld(seed, table);
    var random = new Random(seed);
    var kept = new KeptMemory();
    var other = table.successor(Memory.NONE);
    var restarts = 0;

    for (var step = 0; step < STEPS; step++) {
      var command = world.next();
      table.answer(command);
      other.passUntil(table.now());
      other.answer(command);
      kept.apply(other.takeChanges(false));
      if (random.nextInt(40) == 0 && everybodyLives()) {
        table.pass(ANNOUNCEMENTS_EXPIRE);
        other = table.successor(kept.memory());
        restarts++;
      }
      var where = "seed %d, step %d, %s".formatted(seed, step, command);
      assertThat(everything(other).sessions()).as(where).isEqualTo(everything(table).sessions());
    }
    assertThat(restarts).as("restarts").isGreaterThan(5);
  }

  private boolean everybodyLives() {
    var watched = (Outcome.Watched) table.answer(new RegistryCommand.ListProcesses());
    return watched.processes().stream()
        .allMatch(
            process -> table.processes.find(process.pid()).filter(process::equals).isPresent());
  }

  /** To be asked for when all changes have been taken: they are taken with it. */
  private static KeptMemory everything(TableUnderTest table) {
    var all = new KeptMemory();
    all.apply(table.takeChanges(true));
    return all;
  }

  @Test
  void removesWhoDiedMeanwhile() {
    table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("b", null, new TurnStarted(), BY_NAME));
    var kept = new KeptMemory();
    kept.apply(table.takeChanges(false));
    table.processes.kill(7);

    var next = table.successor(kept.memory());

    assertThat(next.ids()).containsExactly("b");
    assertThat(next.takeChanges(false).history())
        .singleElement()
        .isInstanceOfSatisfying(
            Gone.class, gone -> assertThat(gone.reason()).isEqualTo(RemovalReason.PROCESS_DIED));
  }

  @Test
  void afterARebootNoProcessLives() {
    table.processes.start(7);
    table.apply(hook("a", 7L, new TurnStarted()));
    var kept = new KeptMemory();
    kept.apply(table.takeChanges(false));
    var memory = kept.memory();

    var next =
        table.successor(
            new Memory(
                memory.sessions().stream().map(KeptSession::afterReboot).toList(),
                List.of(),
                List.of()));

    assertThat(next.ids()).isEmpty();
  }

  @Test
  void anEventThatWasAppliedIsNotAppliedAgain() {
    table.apply(hook("a", 7L, new PromptSubmitted("once"), numbered("e1")));
    var kept = new KeptMemory();
    kept.apply(table.takeChanges(false));

    var next = table.successor(kept.memory());
    next.pass(Duration.ofSeconds(1));

    assertThat(next.applied(hook("a", 7L, new PromptSubmitted("once"), numbered("e1")))).isEmpty();
    assertThat(next.applied(hook("a", 7L, new PromptSubmitted("twice"), numbered("e2"))))
        .containsExactly("a");
  }

  @Test
  void whoIsOverStaysOver() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.apply(hook("a", 7L, new SessionEnded()));
    var kept = new KeptMemory();
    kept.apply(table.takeChanges(false));

    var next = table.successor(kept.memory());

    assertThat(next.applied(hook("a", 7L, new ToolStarted("Bash"), BY_NAME))).isEmpty();
    assertThat(next.ids()).isEmpty();
  }

  @Test
  void tellsTheStoryOfASession() {
    var call = new ToolCall("Bash", "t1", "ls");
    table.apply(hook("pending-7", 7L, new SessionStarted()));
    table.apply(hook("a", 7L, new PromptSubmitted("list the files")));
    table.apply(hook("a", 7L, new ToolStarted(call)));
    table.apply(hook("a", 7L, new ToolStarted(call)));
    table.apply(hook("a", 7L, new ToolEnded(call, false)));
    table.apply(hook("a", 7L, new TurnEnded()));
    table.apply(hook("a", 7L, new SessionEnded()));

    assertThat(table.takeChanges(false).history())
        .extracting(entry -> entry.getClass().getSimpleName() + " " + entry.session())
        .containsExactly(
            "Began pending-7",
            "StateChanged pending-7",
            "Renamed pending-7",
            "StateChanged a",
            "Prompted a",
            "ToolBegan a",
            "ToolDone a",
            "StateChanged a",
            "Gone a");
  }

  @Test
  void countsTheHistoryThatItHasNoRoomFor() {
    table.apply(hook("a", 7L, new TurnStarted()));
    for (var i = 0; i < 2_000; i++) {
      table.apply(hook("a", 7L, new PromptSubmitted("prompt " + i)));
    }

    var changes = table.takeChanges(false);

    assertThat(changes.lostHistory()).isPositive();
    assertThat(changes.history().size() + changes.lostHistory()).isEqualTo(2_002);
    assertThat(changes.changed()).hasSize(1);
  }

  /** However long those who have to write it down take. */
  @Test
  void whatIsGoneTakesNoRoom() {
    for (var i = 0; i < 5_000; i++) {
      table.apply(hook("a" + i, 7L, new TurnStarted()));
      table.apply(hook("a" + i, 7L, new SessionEnded()));
    }

    var changes = table.takeChanges(false);

    assertThat(changes.complete()).isTrue();
    assertThat(changes.changed()).isEmpty();
    assertThat(changes.history()).hasSizeLessThan(200);
  }

  @Test
  void longTextsOfTheHistoryCount() {
    var text = "?".repeat(2_000);
    var question = new Question(AttentionReason.QUESTION, "Ask", text, null, null, null);
    for (var i = 0; i < 30; i++) {
      table.apply(hook("a", 7L, new AttentionRaised(question)));
      table.apply(hook("a", 7L, new TurnEnded()));
    }

    assertThat(table.takeChanges(false).lostHistory()).isPositive();
  }

  @Test
  void aSessionIsWrittenOnceHoweverOftenItChanges() {
    for (var i = 0; i < 100; i++) {
      table.apply(status("a", 7L));
    }

    assertThat(table.takeChanges(false).changed())
        .extracting(kept -> kept.session().id())
        .containsExactly(id("a"));
    assertThat(table.takeChanges(false).isEmpty()).isTrue();
  }
}
