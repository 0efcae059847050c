package dev.atmd.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What always holds, whatever senders and processes do. */
class SessionTableSimulationTest {
  private static final int STEPS = 4_000;
  private static final int CAPACITY = 6;

  private final TableUnderTest table = new TableUnderTest(CAPACITY);
  private final Map<SessionId, Session> replayed = new HashMap<>();
  private long seq;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keepsItsInvariants(long seed) {
    var world = new RandomWorld(seed, table);

    for (var step = 0; step < STEPS; step++) {
      var command = world.next();
      var where = "seed %d, step %d, %s".formatted(seed, step, command);
      replay(table.answer(command), where);
      check(where);
    }

    assertThat(seq).as("seed %d: events", seed).isGreaterThan(STEPS / 2);
  }

  private void replay(Outcome outcome, String where) {
    if (!(outcome instanceof Outcome.Applied(var events))) {
      return;
    }
    for (var event : events) {
      assertThat(event.seq()).as(where).isEqualTo(++seq);
      switch (event) {
        case SessionEvent.Registered(var _, var session) -> {
          assertThat(replayed).as(where).doesNotContainKey(session.id());
          replayed.put(session.id(), session);
        }
        case SessionEvent.Updated(var _, var session) -> replayed.put(session.id(), session);
        case SessionEvent.Removed(var _, var id, var _, var _) ->
            assertThat(replayed.remove(id)).as("%s removes %s", where, id).isNotNull();
      }
    }
  }

  private void check(String where) {
    var snapshot = table.snapshot();
    var byId = new HashMap<SessionId, Session>();
    for (var session : snapshot.sessions()) {
      assertThat(byId.put(session.id(), session)).as("%s: twice %s", where, session.id()).isNull();
    }
    assertThat(snapshot.seq()).as(where).isEqualTo(seq);
    assertThat(replayed).as(where).isEqualTo(byId);
    assertThat(byId.size()).as(where).isLessThanOrEqualTo(CAPACITY);
    assertThat(snapshot.sessions().stream().map(Session::pid).filter(Objects::nonNull))
        .as("%s: pids", where)
        .doesNotHaveDuplicates();
    byId.values().forEach(session -> checkLinks(session, byId, where));
  }

  private static void checkLinks(Session session, Map<SessionId, Session> byId, String where) {
    var links = session.links();
    var parent = links.parent();
    if (parent != null) {
      assertThat(parent).as("%s: own parent", where).isNotEqualTo(session.id());
      assertThat(byId).as("%s: parent of %s", where, session.id()).containsKey(parent);
      assertThat(Objects.requireNonNull(byId.get(parent)).links().children())
          .as("%s: children of %s", where, parent)
          .contains(session.id());
    }
    assertThat(new HashSet<>(links.children()))
        .as("%s: children of %s", where, session.id())
        .hasSameSizeAs(links.children());
    for (var child : links.children()) {
      assertThat(byId).as("%s: child of %s", where, session.id()).containsKey(child);
      assertThat(Objects.requireNonNull(byId.get(child)).links().parent())
          .as("%s: parent of %s", where, child)
          .isEqualTo(session.id());
    }
  }
}
