package dev.atmd.core.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.Outcome.Listed;
import dev.atmd.core.registry.RegistryCommand.TakeSnapshot;
import dev.atmd.core.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table with its processes and a clock that stands still until it is told to go on. */
final class TableUnderTest {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  static final Duration SILENCE = Duration.ofHours(12);
  static final Duration EVICTABLE = Duration.ofMinutes(10);

  final FakeProcesses processes;

  private final RegistryLimits limits;
  private final SessionTable table;
  private Instant now = NOON;

  TableUnderTest() {
    this(100);
  }

  TableUnderTest(int sessions) {
    this(sessions, 20, 1_000_000);
  }

  TableUnderTest(int sessions, int promptChars, long textsBytes) {
    this(sessions, promptChars, textsBytes, 65_536);
  }

  private TableUnderTest(int sessions, int promptChars, long textsBytes, int journalBytes) {
    this(
        new RegistryLimits(
            sessions, promptChars, textsBytes, SILENCE, EVICTABLE, 3, 4, journalBytes),
        new FakeProcesses());
  }

  /** One that soon has more to write down than there is room for. */
  static TableUnderTest withJournal(int bytes) {
    return new TableUnderTest(6, 20, 1_000_000, bytes);
  }

  private TableUnderTest(RegistryLimits limits, FakeProcesses processes) {
    this.limits = limits;
    this.processes = processes;
    this.table = new SessionTable(limits, processes);
  }

  /** Another run, which goes on where this one stops. */
  TableUnderTest successor(Memory memory) {
    var next = new TableUnderTest(limits, processes);
    next.now = now;
    next.table.restore(memory, now);
    return next;
  }

  void passUntil(Instant time) {
    now = time;
  }

  ChangeSet takeChanges(boolean everything) {
    return ((Outcome.Changed) answer(new RegistryCommand.TakeChanges(everything))).changes();
  }

  long textBytes() {
    return table.textBytes();
  }

  long textsShortened() {
    return table.textsShortened();
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Outcome answer(RegistryCommand command) {
    return table.apply(command, now);
  }

  /** The events of a command that is not refused. */
  List<SessionEvent> apply(RegistryCommand command) {
    var outcome = answer(command);
    assertThat(outcome).as("answer to %s", command).isInstanceOf(Applied.class);
    return ((Applied) outcome).events();
  }

  /** The events without their numbers, shortly: "+a", "a", "-a renamed b". */
  List<String> applied(RegistryCommand command) {
    return apply(command).stream().map(TableUnderTest::inShort).toList();
  }

  Snapshot snapshot() {
    return ((Listed) table.apply(new TakeSnapshot(), now)).snapshot();
  }

  List<String> ids() {
    return snapshot().sessions().stream().map(session -> session.id().value()).toList();
  }

  Session session(String id) {
    var found = sessionOrNull(id);
    assertThat(found).as("session %s among %s", id, ids()).isNotNull();
    return requireNonNull(found);
  }

  @Nullable Session sessionOrNull(String id) {
    return snapshot().sessions().stream()
        .filter(session -> session.id().value().equals(id))
        .findFirst()
        .orElse(null);
  }

  private static String inShort(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Registered(var _, var session) -> "+" + session.id();
      case SessionEvent.Updated(var _, var session) -> session.id().toString();
      case SessionEvent.Removed(var _, var id, var reason, var successor) ->
          "-" + id + " " + reason.tag() + (successor == null ? "" : " " + successor);
    };
  }
}
