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
import dev.atmd.protocol.message.DaemonMessage.Resumed;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.Redaction;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;

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
    return new Frame(event, detail -> DaemonMessageWriter.line(message(event, detail), detail));
  }

  /** Tells a subscriber that a session is none of its any more. */
  Frame left(SessionEvent event, Session session) {
    var removed = new SessionRemoved(session.id().value(), event.seq(), epoch, FILTERED, null);
    return new Frame(event, _ -> DaemonMessageWriter.line(removed));
  }

  SessionListChunks list(Snapshot snapshot, SessionFilter filter, Detail detail) {
    var views =
        snapshot.sessions().stream()
            .filter(filter::matches)
            .map(session -> view(session, detail, snapshot.takenAt()))
            .iterator();
    return new SessionListChunks(views, detail, snapshot.seq(), epoch);
  }

  /** Tells a subscriber that instead of a list so many events follow. */
  byte[] resumed(int events, long seq) {
    return DaemonMessageWriter.line(new Resumed(events, seq, epoch));
  }

  /** Whether that is a place in our stream, and not in that of another run. */
  boolean isOfThisRun(Position position) {
    return position.epoch().equals(epoch);
  }

  private DaemonMessage message(SessionEvent event, Detail detail) {
    return switch (event) {
      case Registered(var seq, var session) -> updated(seq, session, detail);
      case Updated(var seq, var session) -> updated(seq, session, detail);
      case Removed(var seq, var id, var reason, var successor) ->
          new SessionRemoved(
              id.value(), seq, epoch, reason.tag(), successor == null ? null : successor.value());
    };
  }

  /** An event goes out at once, so its ages are those of its own last activity. */
  private SessionUpdated updated(long seq, Session session, Detail detail) {
    return new SessionUpdated(view(session, detail, session.lastActivity()), seq, epoch);
  }

  private static SessionView view(Session session, Detail detail, Instant now) {
    return switch (detail) {
      case BASIC -> SessionView.basic(session, now);
      case FULL, SUMMARY -> SessionView.of(session, now);
      case REDACTED -> SessionView.of(Redaction.redacted(session), now);
    };
  }
}
