package dev.atmd.client.top;

import dev.atmd.client.SessionBoard;
import dev.atmd.client.text.Ending;
import dev.atmd.client.text.Totals;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions, and which of them have ended a turn that nobody has looked at. Not thread-safe: the
 * thread that draws owns it.
 */
final class Fleet {
  /** What the user did is no news to the user. */
  private static final Set<String> RULES_OF_THE_USER = Set.of("interrupted", "compacted_by_user");

  private final SessionBoard board = new SessionBoard();
  private final Set<String> unseen = new HashSet<>();
  private final Remembered remembered = new Remembered();
  private Map<String, Agent> agents = new LinkedHashMap<>();
  private boolean isListed;
  private @Nullable Totals totals;

  /** Takes on what {@code message} says; whether there is anything new to see. */
  boolean apply(DaemonMessage message, Instant now) {
    if (!board.apply(message)) {
      return false;
    }
    totals = null;
    switch (message) {
      case SessionList _ -> relist(now);
      case SessionUpdated(var view, _, _) -> put(view);
      case SessionRemoved removed -> remove(removed, now);
      case DaemonMessage _ -> {}
    }
    return true;
  }

  private void relist(Instant now) {
    var before = agents;
    agents = new LinkedHashMap<>();
    for (var view : board.sessions()) {
      agents.put(view.id(), agent(view, before.get(view.id())));
    }
    unseen.retainAll(agents.keySet());
    isListed = true;
    agents.keySet().forEach(remembered::remove);
    before.values().stream()
        .filter(agent -> !agents.containsKey(agent.id()) && !goesOn(agent))
        .forEach(agent -> remember(agent, now, Ending.UNKNOWN));
  }

  /** A process that had not said its name when it was seen last may have said it meanwhile. */
  private boolean goesOn(Agent agent) {
    return SessionId.of(agent.id()) instanceof SessionId.Pending(var pid)
        && agents.values().stream()
            .map(other -> other.view().plain())
            .anyMatch(plain -> plain != null && Objects.equals(plain.pid(), pid.value()));
  }

  /** A subagent is part of its session, also when it is over. */
  private void remember(Agent agent, Instant now, Ending ending) {
    if (agent.view().parentSessionId() == null) {
      remembered.add(Finished.of(agent, now, ending));
    }
  }

  private void put(SessionView view) {
    remembered.remove(view.id());
    agents.put(view.id(), agent(view, agents.get(view.id())));
  }

  private void remove(SessionRemoved removed, Instant now) {
    var agent = agents.remove(removed.sessionId());
    var renamed = removed.renamedTo();
    if (agent != null && renamed == null && !isPart(removed, agent)) {
      remember(agent, now, Ending.of(removed.reason()));
    }
    if (unseen.remove(removed.sessionId()) && renamed != null) {
      unseen.add(renamed);
    }
  }

  /** What had not said its name and was taken over has no past of its own. */
  private static boolean isPart(SessionRemoved removed, Agent agent) {
    return removed.reason().equals("filtered")
        || (removed.reason().equals("replaced")
            && SessionId.of(agent.id()) instanceof SessionId.Pending);
  }

  /** Takes on what the history knows of sessions that are over. */
  void recall(List<Over> sessions) {
    remembered.recall(sessions, agents::containsKey);
  }

  /** Forgets what ended too long ago; whether that changes anything. */
  boolean forget(Instant now) {
    return remembered.forget(now);
  }

  /** Forgets all that is over; how many that were. */
  int clear() {
    return remembered.clear();
  }

  /** Those that are over, the newest first. */
  List<Finished> finished() {
    return remembered.newestFirst();
  }

  private Agent agent(SessionView view, @Nullable Agent before) {
    var agent = Agent.of(view, unseen.contains(view.id()));
    if (agent.status() != Status.IDLE) {
      unseen.remove(view.id());
      return agent;
    }
    var hasEnded = before != null && before.status() != Status.IDLE && isNews(view);
    if (hasEnded && unseen.add(view.id())) {
      return Agent.of(view, true);
    }
    return agent;
  }

  /** A subagent reports to its parent, not to the user. */
  private static boolean isNews(SessionView view) {
    var evidence = view.plain() == null ? null : view.plain().evidence();
    return view.parentSessionId() == null
        && (evidence == null || !RULES_OF_THE_USER.contains(evidence.rule()));
  }

  /** Remembers that somebody has looked at it; whether that changes anything. */
  boolean see(String id) {
    var agent = agents.get(id);
    if (agent == null || !unseen.remove(id)) {
      return false;
    }
    agents.put(id, Agent.of(agent.view(), false));
    return true;
  }

  Collection<Agent> agents() {
    return agents.values();
  }

  Optional<Agent> agent(String id) {
    return Optional.ofNullable(agents.get(id));
  }

  /** The session that the user talks to: the one that no other here has started. */
  Agent root(Agent agent) {
    var at = agent;
    var seen = new HashSet<String>();
    while (seen.add(at.id())) {
      var parent = at.view().parentSessionId();
      var above = parent == null ? null : agents.get(parent);
      if (above == null) {
        return at;
      }
      at = above;
    }
    return agent;
  }

  Totals totals() {
    if (totals == null) {
      totals = Totals.of(board.sessions());
    }
    return totals;
  }

  /** How many have ended a turn that nobody has looked at. */
  int done() {
    return unseen.size();
  }

  /** Whether anything is known yet. */
  boolean isListed() {
    return isListed;
  }
}
