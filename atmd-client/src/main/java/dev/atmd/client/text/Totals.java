package dev.atmd.client.text;

import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions counted. A subagent is part of the session that started it: it counts on its own only if
 * that one is not there.
 *
 * @param cost of all sessions, in dollars
 * @param oldestWait since when the longest wait lasts; null if nobody waits, or nobody says
 */
public record Totals(
    int waiting, int working, int idle, double cost, @Nullable Instant oldestWait) {
  public static final Totals NONE = new Totals(0, 0, 0, 0, null);

  public static Totals of(Collection<SessionView> sessions) {
    var ids = new HashSet<String>();
    sessions.forEach(view -> ids.add(view.id()));
    var whole = sessions.stream().filter(view -> !ids.contains(view.parentSessionId())).toList();
    return new Totals(
        count(whole, Status.ATTENTION_NEEDED),
        count(whole, Status.WORKING),
        count(whole, Status.IDLE),
        sessions.stream().mapToDouble(SessionView::costUsd).sum(),
        whole.stream()
            .filter(view -> SessionWords.statusOf(view) == Status.ATTENTION_NEEDED)
            .flatMap(view -> since(view).stream())
            .min(Comparator.naturalOrder())
            .orElse(null));
  }

  public int sessions() {
    return waiting + working + idle;
  }

  private static int count(List<SessionView> sessions, Status status) {
    return Math.toIntExact(
        sessions.stream().filter(view -> SessionWords.statusOf(view) == status).count());
  }

  /** When it took on its status; a daemon of 1.0 tells only when it was last heard of. */
  public static Optional<Instant> since(SessionView view) {
    var plain = view.plain();
    return SessionWords.time(plain == null ? view.lastActivity() : plain.since());
  }
}
