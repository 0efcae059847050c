package dev.atmd.server.broadcast;

import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.json.SessionListChunks;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SessionView;

/** Events and snapshots as lines of one run of the daemon. Thread-safe. */
final class FrameEncoder {
  /** The reason given to a subscriber whose filter a session has left. */
  private static final String FILTERED = "filtered";

  private final String epoch;

  /**
   * @param epoch names this run of the daemon
   */
  FrameEncoder(String epoch) {
    this.epoch = epoch;
  }

  Frame frame(SessionEvent event) {
    return new Frame(event, DaemonMessageWriter.line(message(event)));
  }

  /** Tells a subscriber that a session is none of its any more. */
  Frame left(SessionEvent event, Session session) {
    var removed = new SessionRemoved(session.id().value(), event.seq(), epoch, FILTERED, null);
    return new Frame(event, DaemonMessageWriter.line(removed));
  }

  SessionListChunks list(Snapshot snapshot, SessionFilter filter) {
    var views =
        snapshot.sessions().stream()
            .filter(filter::matches)
            .map(session -> SessionView.of(session, snapshot.takenAt()))
            .iterator();
    return new SessionListChunks(views, snapshot.seq(), epoch);
  }

  private DaemonMessage message(SessionEvent event) {
    return switch (event) {
      case Registered(var seq, var session) -> updated(seq, session);
      case Updated(var seq, var session) -> updated(seq, session);
      case Removed(var seq, var id, var reason, var successor) ->
          new SessionRemoved(
              id.value(), seq, epoch, reason.tag(), successor == null ? null : successor.value());
    };
  }

  /** An event goes out at once, so its ages are those of its own last activity. */
  private SessionUpdated updated(long seq, Session session) {
    return new SessionUpdated(SessionView.of(session, session.lastActivity()), seq, epoch);
  }
}
