package dev.atmd.core.registry;

import dev.atmd.core.session.AgentType;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState.Idle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Subagents: those that run inside the process of their parent and are sessions all the same, and
 * those that are processes of their own, which the parent announced (R14). Owned by the {@link
 * SessionTable}.
 */
final class Family {
  /** How long one that has nothing to do is still shown. */
  private static final Duration RESTS = Duration.ofMinutes(1);

  /** Children that are heard of before their parents; that takes moments. */
  private static final int MAX_ORPHANS = 1_024;

  private final SessionStore sessions;
  private final ProcessTable processes;
  private final PendingSubagents announced = new PendingSubagents();

  /** Those inside a process, the oldest first. */
  private final Map<SessionId, Membership> inside = new LinkedHashMap<>();

  /** Children with the parent they have named, of which nothing is known yet. */
  private final SequencedMap<SessionId, SessionId> orphans = new LinkedHashMap<>();

  Family(SessionStore sessions, ProcessTable processes) {
    this.sessions = sessions;
    this.processes = processes;
  }

  /**
   * A process that turned out to be a subagent.
   *
   * @param announcedAs the session that stood for it until its process was seen
   */
  record Adoption(Tracked parent, SessionId announcedAs) {}

  void announce(Tracked parent, String agentId, @Nullable String role, Instant now) {
    if (parent.process != null) {
      announced.add(
          new PendingSubagents.Announced(
              agentId, parent.session.id(), parent.process, type(role), now));
    }
  }

  void withdraw(String agentId) {
    announced.drop(agentId);
  }

  void dropExpired(Instant now) {
    announced.dropExpired(now);
  }

  /** Makes a new session the subagent that its ancestor announced; R14. Null if there is none. */
  @Nullable Adoption adopt(Tracked tracked, Instant now) {
    var pid = tracked.session.pid();
    if (pid == null) {
      return null;
    }
    var found = announced.take(pid, processes, now).orElse(null);
    var parent = found == null ? null : sessions.byPid(found.parentProcess().pid());
    if (found == null || parent == null) {
      return null;
    }
    var links = tracked.session.links().withParent(parent.session.id());
    tracked.session = tracked.session.draft().links(links).agentType(found.type()).done();
    return new Adoption(parent, SessionId.ofSubagent(parent.session.id(), found.agentId()));
  }

  /** A new session for a subagent inside its parent's process. */
  Tracked begin(Tracked parent, String agentId, @Nullable String role, Session begun) {
    var id = begun.id();
    inside.put(id, new Membership(agentId, role));
    var draft =
        begun
            .draft()
            .agentType(type(role))
            .model(parent.session.model())
            .place(parent.session.place())
            .links(begun.links().withParent(parent.session.id()));
    if (parent.session.pane() != null) {
      draft.pane(parent.session.pane());
    }
    return new Tracked(draft.done(), null);
  }

  /** A session of its own name, which its parent's process may run as well. */
  void enroll(Tracked child, SessionId parentId, @Nullable Tracked parent) {
    if (parent == null) {
      await(child.session.id(), parentId);
    }
    var pid = child.session.pid();
    if (pid == null || (parent != null && pid.equals(parent.session.pid()))) {
      inside.putIfAbsent(child.session.id(), new Membership(child.session.id().value(), null));
    }
  }

  private void await(SessionId child, SessionId parent) {
    orphans.put(child, parent);
    if (orphans.size() > MAX_ORPHANS) {
      orphans.pollFirstEntry();
    }
  }

  /** Those who have named this session as their parent, and waited for it. */
  List<Tracked> orphansOf(SessionId parent) {
    var found = new ArrayList<Tracked>();
    orphans.forEach((child, named) -> {
      var tracked = named.equals(parent) ? sessions.byId(child) : null;
      if (tracked != null && parent.equals(tracked.session.links().parent())) {
        found.add(tracked);
      }
    });
    orphans.values().removeIf(parent::equals);
    return found;
  }

  /** What is known of it beside the session itself; null if it is inside no other. */
  @Nullable Membership membership(SessionId id) {
    return inside.get(id);
  }

  /** A session that an earlier run has kept, once all of them are there. */
  void restore(Tracked tracked, @Nullable Membership membership) {
    var id = tracked.session.id();
    if (membership != null) {
      inside.put(id, membership);
    }
    var parent = tracked.session.links().parent();
    if (parent != null && sessions.byId(parent) == null) {
      await(id, parent);
    }
  }

  /** It is no session any more. */
  void forget(SessionId id) {
    inside.remove(id);
    orphans.remove(id);
  }

  /** The subagents inside this session, the oldest first. */
  List<Tracked> of(Tracked parent) {
    return select(parent, _ -> true);
  }

  /**
   * Those of them that do not go on in the background. Where none of the names is one of ours, they
   * name something else, and all may go on.
   */
  List<Tracked> notAmong(Tracked parent, Set<String> running) {
    var named = select(parent, member -> running.contains(member.agentId()));
    return named.isEmpty() && !running.isEmpty()
        ? List.of()
        : select(parent, member -> !running.contains(member.agentId()));
  }

  /** The oldest of that role; of any where the role is null. */
  Optional<Tracked> oldest(Tracked parent, @Nullable String role) {
    return select(parent, member -> role == null || role.equals(member.role())).stream()
        .findFirst();
  }

  /** Those that have had nothing to do for a while. */
  List<Tracked> resting(Instant now) {
    return inside.keySet().stream()
        .map(sessions::byId)
        .filter(Objects::nonNull)
        .filter(child -> child.session.state() instanceof Idle)
        .filter(child -> !child.session.lastActivity().plus(RESTS).isAfter(now))
        .toList();
  }

  private List<Tracked> select(Tracked parent, Predicate<Membership> wanted) {
    var selected = new ArrayList<Tracked>();
    for (var id : parent.session.links().children()) {
      var member = inside.get(id);
      var tracked = member != null && wanted.test(member) ? sessions.byId(id) : null;
      if (tracked != null) {
        selected.add(tracked);
      }
    }
    return selected;
  }

  private static AgentType type(@Nullable String role) {
    return role == null ? AgentType.MAIN : AgentType.ofRole(role);
  }
}
