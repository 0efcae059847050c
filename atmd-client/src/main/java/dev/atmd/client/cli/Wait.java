package dev.atmd.client.cli;

import dev.atmd.client.SessionBoard;
import dev.atmd.client.cli.WaitCommand.Goal;
import dev.atmd.client.text.SessionWords;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.SessionView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether what is waited for has come. Not thread-safe. */
final class Wait {
  private final Goal goal;
  private final @Nullable String session;
  private final @Nullable String project;
  private final SessionBoard board = new SessionBoard();

  /** Whether any session that is meant has been there. */
  private boolean hasSeenOne;

  private List<String> ids = List.of();

  Wait(Goal goal, @Nullable String session, @Nullable String project) {
    this.goal = goal;
    this.session = session;
    this.project = project;
  }

  /** Takes on news; whether it is so now. */
  boolean isOverWith(DaemonMessage news) {
    board.apply(news);
    var all = new HashMap<String, SessionView>();
    board.sessions().forEach(view -> all.put(view.id(), view));
    var meant = all.values().stream().filter(view -> isMeant(view, all)).toList();
    hasSeenOne |= !meant.isEmpty();
    ids = meant.stream().filter(this::isAsAsked).map(SessionView::id).sorted().toList();
    return switch (goal) {
      case ATTENTION -> !ids.isEmpty();
      case IDLE -> hasSeenOne && ids.size() == meant.size();
      case SETTLED ->
          hasSeenOne
              && ids.size() == meant.size()
              && all.values().stream()
                  .filter(view -> isBelow(view, meant, all))
                  .allMatch(this::isAsAsked);
    };
  }

  /** The sessions that are as asked. */
  List<String> ids() {
    return ids;
  }

  private boolean isAsAsked(SessionView view) {
    var status = SessionWords.statusOf(view);
    return goal == Goal.ATTENTION ? status == Status.ATTENTION_NEEDED : status == Status.IDLE;
  }

  /** A subagent is meant by its own id only: otherwise it is part of its session. */
  private boolean isMeant(SessionView view, Map<String, SessionView> all) {
    if (session != null) {
      return view.id().equals(session)
          || (!all.containsKey(session) && view.id().startsWith(session) && !isSubagent(view, all));
    }
    return !isSubagent(view, all)
        && (project == null
            || (view.projectRoot() != null && view.projectRoot().contains(project)));
  }

  private static boolean isSubagent(SessionView view, Map<String, SessionView> all) {
    return view.parentSessionId() != null && all.containsKey(view.parentSessionId());
  }

  private static boolean isBelow(
      SessionView view, List<SessionView> meant, Map<String, SessionView> all) {
    var seen = new HashSet<String>();
    @Nullable SessionView at = view;
    while (at != null && at.parentSessionId() != null && seen.add(at.id())) {
      at = all.get(at.parentSessionId());
      if (at != null && meant.contains(at)) {
        return true;
      }
    }
    return false;
  }
}
