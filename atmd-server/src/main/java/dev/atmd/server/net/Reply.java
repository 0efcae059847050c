package dev.atmd.server.net;

import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.message.DaemonMessage;
import org.jspecify.annotations.Nullable;

/** What a connection answers to one request, in its turn. */
sealed interface Reply {
  record Line(DaemonMessage message) implements Reply {}

  /** All sessions. */
  record Listing(Snapshot snapshot) implements Reply {}

  /** The sessions of a subscription, which begins with them. */
  record Opening(Snapshot snapshot, SessionFilter filter) implements Reply {}

  /** The last thing on this connection. */
  record Farewell(@Nullable DaemonMessage lastWord) implements Reply {}
}
