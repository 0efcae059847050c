package dev.atmd.client;

import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SessionView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions as the messages so far leave them. A list replaces everything; what is older than
 * the list of the same run of the daemon is ignored. Not thread-safe: one owner applies and reads.
 */
public final class SessionBoard {
  private final Map<String, SessionView> sessions = new LinkedHashMap<>();
  private String epoch = "";
  private long listSeq;

  /** Knows of no session yet. */
  public SessionBoard() {}

  /** Takes on what {@code message} says; whether that is anything new. */
  public boolean apply(DaemonMessage message) {
    return switch (message) {
      case SessionList list -> {
        replace(list);
        yield true;
      }
      case SessionUpdated(var session, var seq, var run) -> {
        if (isOld(seq, run)) {
          yield false;
        }
        yield !session.equals(sessions.put(session.id(), session));
      }
      case SessionRemoved removed ->
          !isOld(removed.seq(), removed.epoch()) && sessions.remove(removed.sessionId()) != null;
      case DaemonMessage _ -> false;
    };
  }

  /** The sessions, each where it first appeared. */
  public List<SessionView> sessions() {
    return List.copyOf(sessions.values());
  }

  private void replace(SessionList list) {
    sessions.clear();
    list.sessions().forEach(session -> sessions.put(session.id(), session));
    epoch = list.epoch();
    listSeq = list.seq();
  }

  /** A 1.0 daemon names no run and does not count: then nothing is known to be old. */
  private boolean isOld(long seq, String run) {
    return !epoch.isEmpty() && epoch.equals(run) && seq <= listSeq;
  }
}
