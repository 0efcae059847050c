package dev.atmd.core.registry;

import dev.atmd.core.session.SessionId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Keeps what a table says has changed, as a store does. */
final class KeptMemory {
  private final Map<SessionId, KeptSession> sessions = new HashMap<>();
  private final Map<SessionId, EndedSession> ended = new LinkedHashMap<>();
  private final SequencedSet<String> seen = new LinkedHashSet<>();

  void apply(ChangeSet changes) {
    if (changes.complete()) {
      sessions.clear();
      ended.clear();
      seen.clear();
    }
    changes.removed().forEach(sessions::remove);
    changes.ended().forEach(session -> ended.put(session.id(), session));
    for (var kept : changes.changed()) {
      sessions.put(kept.session().id(), kept);
      ended.remove(kept.session().id());
    }
    changes.seenEvents().forEach(seen::addLast);
  }

  Map<SessionId, KeptSession> sessions() {
    return sessions;
  }

  Collection<EndedSession> ended() {
    return ended.values();
  }

  Memory memory() {
    return new Memory(
        sessions.values().stream()
            .sorted(Comparator.comparing(kept -> kept.session().startedAt()))
            .toList(),
        List.copyOf(ended.values()),
        List.copyOf(seen));
  }
}
