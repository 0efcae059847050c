package dev.atmd.server.streams;

import dev.atmd.core.session.SessionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The sessions that one stream has told of: those that live by this connection, and those that were
 * ended because an earlier one was lost. Bounded by what the registry holds. Confined to one
 * thread.
 */
final class ReportedSessions {
  private final int max;
  private final Set<SessionId> live = new LinkedHashSet<>();
  private final Set<SessionId> lost = new LinkedHashSet<>();

  ReportedSessions(int max) {
    this.max = max;
  }

  /** It was told of; answers whether it is one that was lost, and so is back. */
  boolean saw(SessionId id) {
    add(live, id);
    return lost.remove(id);
  }

  /** Its end was told of. */
  void ended(SessionId id) {
    live.remove(id);
    lost.remove(id);
  }

  /** It was ended because nobody tells of it any more. */
  void lost(SessionId id) {
    add(lost, id);
  }

  /** The connection is gone: the sessions that lived by it. */
  List<SessionId> takeLive() {
    var all = new ArrayList<>(live);
    live.clear();
    return all;
  }

  private void add(Set<SessionId> sessions, SessionId id) {
    if (sessions.add(id) && sessions.size() > max) {
      sessions.remove(sessions.iterator().next());
    }
  }
}
