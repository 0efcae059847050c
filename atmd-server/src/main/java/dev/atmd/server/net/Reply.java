package dev.atmd.server.net;

import dev.atmd.core.registry.Refusal;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.ErrorCode;
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

  /** What a client is told when the registry has refused. */
  static Reply of(Refusal refusal) {
    return new Reply.Line(
        switch (refusal) {
          case Refusal.Full(var max) ->
              Failed.of(
                  ErrorCode.REGISTRY_FULL,
                  "Registry error: registry is full (max: " + max + " sessions)");
          case Refusal.Internal _ ->
              Failed.of(ErrorCode.INTERNAL, "Registry error: internal error, see the daemon's log");
          case Refusal.Closed _ ->
              Failed.of(ErrorCode.SHUTTING_DOWN, "Registry error: the daemon is shutting down");
        });
  }
}
