package dev.atmd.protocol.message;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.SessionFilter;
import org.jspecify.annotations.Nullable;

/** What a client says (atm-protocol §5). */
public sealed interface ClientMessage {
  /** Opens the conversation; without an id the daemon gives one. */
  record Connect(@Nullable String clientId) implements ClientMessage {}

  /** {@code status_update}, or an {@code agent_event} that carries a status line. */
  record StatusUpdate(StatusReport report, Delivery delivery) implements ClientMessage {}

  /** {@code hook_event}, {@code pi_event}, or an {@code agent_event} that carries an event. */
  record LifecycleUpdate(LifecycleReport report, Delivery delivery) implements ClientMessage {}

  /** A report that means nothing to us, such as a hook of an unknown name. Not an error. */
  record Ignored(String event) implements ClientMessage {}

  /** A message in order with a payload that is not; answered, and the conversation goes on. */
  record Unacceptable(ErrorCode code, String message) implements ClientMessage {}

  record ListSessions() implements ClientMessage {}

  record Subscribe(SessionFilter filter) implements ClientMessage {}

  record Unsubscribe() implements ClientMessage {}

  /** Asks for an echo of {@code seq}, an unsigned number. */
  record Ping(long seq) implements ClientMessage {}

  record Disconnect() implements ClientMessage {}

  record Discover() implements ClientMessage {}

  /** Protocol 1.1: asks for the daemon's metrics as Prometheus text. */
  record ReadMetrics() implements ClientMessage {}
}
