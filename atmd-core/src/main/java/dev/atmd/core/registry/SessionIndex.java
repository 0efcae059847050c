package dev.atmd.core.registry;

import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Finds sessions by id, by process and by silence. Owned by the {@link SessionStore}. */
final class SessionIndex {
  private final Map<SessionId, Tracked> byId = new LinkedHashMap<>();
  private final Map<Pid, List<Tracked>> byPid = new HashMap<>();

  /** Sessions without a process to watch, the most silent one first. */
  private final SequencedMap<SessionId, Tracked> unwatched = new LinkedHashMap<>();

  @Nullable Tracked byId(SessionId id) {
    return byId.get(id);
  }

  /** The session that this process has run for the longest time. */
  @Nullable Tracked byPid(Pid pid) {
    var all = byPid.get(pid);
    return all == null ? null : all.getFirst();
  }

  /** All sessions that this process runs. */
  List<Tracked> allByPid(Pid pid) {
    return List.copyOf(byPid.getOrDefault(pid, List.of()));
  }

  /** The session without a process to watch that has said nothing for the longest time. */
  @Nullable Tracked mostSilent() {
    var first = unwatched.firstEntry();
    return first == null ? null : first.getValue();
  }

  Collection<Tracked> all() {
    return byId.values();
  }

  int size() {
    return byId.size();
  }

  List<ProcessStamp> processes() {
    var processes = new ArrayList<ProcessStamp>();
    for (var tracked : byId.values()) {
      if (tracked.process != null) {
        processes.add(tracked.process);
      }
    }
    return processes;
  }

  void add(Tracked tracked) {
    var session = tracked.session;
    byId.put(session.id(), tracked);
    if (session.pid() != null) {
      byPid.computeIfAbsent(session.pid(), _ -> new ArrayList<>(1)).add(tracked);
    }
    if (tracked.process == null) {
      unwatched.put(session.id(), tracked);
    }
  }

  void remove(Tracked tracked) {
    var session = tracked.session;
    byId.remove(session.id());
    if (session.pid() != null) {
      byPid.computeIfPresent(
          session.pid(),
          (_, all) -> {
            all.remove(tracked);
            return all.isEmpty() ? null : all;
          });
    }
    unwatched.remove(session.id());
  }

  /** Takes note that this session has said something. */
  void touched(Tracked tracked) {
    if (tracked.process == null) {
      unwatched.putLast(tracked.session.id(), tracked);
    }
  }
}
