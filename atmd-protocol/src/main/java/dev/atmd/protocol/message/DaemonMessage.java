package dev.atmd.protocol.message;

import dev.atmd.core.registry.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon says (atm-protocol §6). {@code seq} numbers the events of one run of the daemon,
 * {@code epoch} names that run; both are protocol 1.1, as is the reason of a removal.
 */
public sealed interface DaemonMessage {
  record Connected(ProtocolVersion version, String clientId) implements DaemonMessage {}

  record Rejected(String reason, ProtocolVersion version) implements DaemonMessage {}

  /** All sessions that were asked for, as of the event {@code seq}. */
  record SessionList(List<SessionView> sessions, long seq, String epoch) implements DaemonMessage {
    public SessionList {
      sessions = List.copyOf(sessions);
    }
  }

  record SessionUpdated(SessionView session, long seq, String epoch) implements DaemonMessage {}

  /**
   * A session that is gone, or no longer of interest to this subscriber.
   *
   * @param renamedTo the id under which it goes on, if it was renamed
   */
  record SessionRemoved(
      String sessionId, long seq, String epoch, String reason, @Nullable String renamedTo)
      implements DaemonMessage {}

  /**
   * Protocol 1.1: instead of a list, to who knows everything up to an event: so many events follow
   * that happened since, the last of them {@code seq}.
   */
  record Resumed(int events, long seq, String epoch) implements DaemonMessage {}

  /**
   * Protocol 1.1: the subscriber did not keep up.
   *
   * @param replaced events that newer ones of the same sessions have taken the place of
   * @param dropped events in whose place a list follows
   */
  record Lagged(long replaced, long dropped) implements DaemonMessage {}

  /**
   * Protocol 1.1: a report has been applied.
   *
   * @param id its own, if it has one
   * @param durable whether it cannot be lost any more, whatever happens to the daemon
   */
  record Acknowledged(@Nullable String id, boolean durable) implements DaemonMessage {}

  record Pong(long seq) implements DaemonMessage {}

  /** Something failed; {@code code} is null only from a 1.0 daemon. */
  record Failed(String message, @Nullable String code) implements DaemonMessage {
    public static Failed of(ErrorCode code, String message) {
      return new Failed(message, code.tag());
    }
  }

  record DiscoveryComplete(long discovered, long failed) implements DaemonMessage {}

  /** Why a session has its status. */
  record Explained(ExplanationView explanation) implements DaemonMessage {
    public static Explained of(Explanation explanation) {
      return new Explained(ExplanationView.of(explanation));
    }
  }

  /** Protocol 1.1: what is known about the past. */
  record HistoryTold(HistoryAnswer answer) implements DaemonMessage {}

  /** Protocol 1.1: what came of the latest notifications, the oldest first. */
  record Notices(List<NoticeDelivery> deliveries) implements DaemonMessage {
    public Notices {
      deliveries = List.copyOf(deliveries);
    }
  }

  /** The metrics of the daemon as Prometheus text. */
  record Metrics(String text) implements DaemonMessage {}

  /** Protocol 1.1: where the dashboard is; the address logs one browser in, once and soon. */
  record Dashboard(String url) implements DaemonMessage {}

  /** A type that a newer daemon knows. */
  record Unknown(String type) implements DaemonMessage {}
}
