package dev.atmd.core.registry;

import dev.atmd.core.registry.RegistryCommand.ExpireSilent;
import dev.atmd.core.registry.RegistryCommand.Relocate;
import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Few ids and pids, used in every combination; processes that start, die and are reused. */
final class RandomWorld {
  private static final List<String> IDS =
      List.of("a", "b", "c", "d", "e", "pending-1", "pending-2", "pending-3", "pending-9");
  private static final int PIDS = 9;

  private final RandomGenerator random;
  private final TableUnderTest table;

  RandomWorld(long seed, TableUnderTest table) {
    this.random = new Random(seed);
    this.table = table;
  }

  /** Lets time pass and processes live and die, then says what somebody asks for. */
  RegistryCommand next() {
    table.pass(Duration.ofSeconds(random.nextInt(20)));
    if (random.nextInt(200) == 0) {
      table.pass(Duration.ofHours(13));
    }
    switch (random.nextInt(10)) {
      case 0, 1 -> table.processes.start(pid());
      case 2, 3 -> table.processes.startChild(pid(), pid());
      case 4 -> table.processes.kill(pid());
      default -> {}
    }
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> Reports.status(id(), pidOrNone());
      case 3, 4, 5, 6, 7 -> Reports.hook(id(), pidOrNone(), event(), delivery());
      case 8 -> Reports.found(pid());
      case 9 -> new RemoveDead(dead());
      case 10 -> new ExpireSilent();
      default -> new Relocate("/home/dev", new Place.GitLocation("/home/dev", null, "b" + pid()));
    };
  }

  private List<ProcessStamp> dead() {
    var watched = (Outcome.Watched) table.answer(new RegistryCommand.ListProcesses());
    return watched.processes().stream()
        .filter(process -> !table.processes.find(process.pid()).equals(Optional.of(process)))
        .toList();
  }

  private LifecycleEvent event() {
    return switch (random.nextInt(9)) {
      case 0 -> new SessionStarted();
      case 1 -> new SessionEnded();
      case 2 -> new PromptSubmitted("prompt " + random.nextInt(9));
      case 3 -> new AttentionRaised(AttentionReason.QUESTION, "Ask");
      case 4, 5, 6 -> new SubagentStarted("agent-" + random.nextInt(3), "explore");
      case 7 -> random.nextBoolean() ? new SubagentEnded("agent-1", null) : new TurnEnded();
      default -> new ToolStarted("Bash");
    };
  }

  private Delivery delivery() {
    var eventId = random.nextInt(4) == 0 ? "event-" + random.nextInt(4) : null;
    var sentAt = random.nextInt(4) == 0 ? table.now().plusSeconds(random.nextInt(-60, 60)) : null;
    return new Delivery(
        eventId, sentAt, random.nextInt(3) == 0 ? IdentityRule.BY_NAME : IdentityRule.BY_PROCESS);
  }

  private String id() {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private long pid() {
    return random.nextLong(1, PIDS + 1L);
  }

  private @Nullable Long pidOrNone() {
    return random.nextInt(4) == 0 ? null : (Long) pid();
  }
}
