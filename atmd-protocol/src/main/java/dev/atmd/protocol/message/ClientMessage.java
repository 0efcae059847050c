package dev.atmd.protocol.message;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/** What a client says (atm-protocol §5). */
public sealed interface ClientMessage {
  /** Opens the conversation; without an id the daemon gives one. */
  record Connect(@Nullable String clientId) implements ClientMessage {}

  /** {@code status_update}, or an {@code agent_event} that carries a status line. */
  record StatusUpdate(StatusReport report, Delivery delivery) implements ClientMessage {}

  /** {@code hook_event}, {@code pi_event}, or an {@code agent_event} that carries an event. */
  record LifecycleUpdate(LifecycleReport report, Delivery delivery) implements ClientMessage {}

  /**
   * A report that means nothing to us. Not an error.
   *
   * @param strangeTo the harness that is not known to have such an event; null if it is known
   */
  record Ignored(String event, @Nullable Harness strangeTo) implements ClientMessage {
    public Ignored(String event) {
      this(event, null);
    }
  }

  /** A message in order with a payload that is not; answered, and the conversation goes on. */
  record Unacceptable(ErrorCode code, String message) implements ClientMessage {}

  /** Protocol 1.1: asks why a session has its status. */
  record Explain(SessionId id) implements ClientMessage {}

  record ListSessions() implements ClientMessage {}

  record Subscribe(SubscribeRequest request) implements ClientMessage {}

  record Unsubscribe() implements ClientMessage {}

  /** Asks for an echo of {@code seq}, an unsigned number. */
  record Ping(long seq) implements ClientMessage {}

  record Disconnect() implements ClientMessage {}

  record Discover() implements ClientMessage {}

  /** Protocol 1.1: asks about the past. */
  record AskHistory(HistoryQuestion question) implements ClientMessage {}

  /** Protocol 1.1: asks what came of the latest notifications. */
  record ReadNotices() implements ClientMessage {}

  /** Protocol 1.1: has a notification told that says that it is a test. */
  record TestNotices() implements ClientMessage {}

  /** Protocol 1.1: asks for the daemon's metrics as Prometheus text. */
  record ReadMetrics() implements ClientMessage {}

  /** Protocol 1.1: asks for an address that logs a browser in at the dashboard. */
  record OpenWeb() implements ClientMessage {}
}
