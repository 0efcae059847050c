package dev.atmd.client.top;

import dev.atmd.client.SessionBoard;
import dev.atmd.client.text.Totals;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SessionView;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private Map<String, Agent> agents = new LinkedHashMap<>();
  private boolean isListed;
  private @Nullable Totals totals;

  /** Takes on what {@code message} says; whether there is anything new to see. */
  boolean apply(DaemonMessage message) {
    if (!board.apply(message)) {
      return false;
    }
    totals = null;
    switch (message) {
      case SessionList _ -> relist();
      case SessionUpdated(var view, _, _) -> put(view);
      case SessionRemoved removed -> remove(removed);
      case DaemonMessage _ -> {}
    }
    return true;
  }

  private void relist() {
    var before = agents;
    agents = new LinkedHashMap<>();
    for (var view : board.sessions()) {
      agents.put(view.id(), agent(view, before.get(view.id())));
    }
    unseen.retainAll(agents.keySet());
    isListed = true;
  }

  private void put(SessionView view) {
    agents.put(view.id(), agent(view, agents.get(view.id())));
  }

  private void remove(SessionRemoved removed) {
    agents.remove(removed.sessionId());
    var renamed = removed.renamedTo();
    if (unseen.remove(removed.sessionId()) && renamed != null) {
      unseen.add(renamed);
    }
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
