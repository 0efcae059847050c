package dev.atmd.server.net;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Refusal;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.SubscribeRequest;
import org.jspecify.annotations.Nullable;

/** What a connection answers to one request, in its turn. */
sealed interface Reply {
  record Line(DaemonMessage message) implements Reply {}

  /** All sessions. */
  record Listing(Snapshot snapshot, Detail detail) implements Reply {}

  /** The sessions of a subscription, which begins with them. */
  record Opening(Snapshot snapshot, SubscribeRequest request) implements Reply {}

  /** What a subscriber has missed, with which its subscription goes on. */
  record Resuming(Outcome.Missed missed, SubscribeRequest request) implements Reply {}

  /** The last thing on this connection. */
  record Farewell(@Nullable DaemonMessage lastWord) implements Reply {}

  /** Why that session has its status, or why that cannot be said. */
  static Reply explaining(SessionId id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Explained(var explanation) ->
          new Reply.Line(DaemonMessage.Explained.of(explanation));
      case Outcome.Over(var ended) ->
          failed(
              ErrorCode.SESSION_OVER,
              "session `%s` is over since %s: %s"
                  .formatted(shortened(id), ended.at(), ended.reason().tag()));
      case Outcome.Unknown _ ->
          failed(ErrorCode.UNKNOWN_SESSION, "unknown session `%s`".formatted(shortened(id)));
      case Outcome.Refused(var refusal) -> of(refusal);
      case Outcome.Applied _,
          Outcome.Changed _,
          Outcome.Listed _,
          Outcome.Missed _,
          Outcome.Watched _ ->
          throw new IllegalStateException("not an explanation: " + outcome);
    };
  }

  /** All sessions, or why there is no list. */
  static Reply listing(Detail detail, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Listed(var snapshot) -> new Listing(snapshot, detail);
      case Outcome.Refused(var refusal) -> of(refusal);
      case Outcome.Applied _,
          Outcome.Changed _,
          Outcome.Explained _,
          Outcome.Missed _,
          Outcome.Over _,
          Outcome.Unknown _,
          Outcome.Watched _ ->
          throw new IllegalStateException("not a list: " + outcome);
    };
  }

  /** With what a subscription begins, or why it cannot. */
  static Reply opening(SubscribeRequest request, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Listed(var snapshot) -> new Opening(snapshot, request);
      case Outcome.Missed missed -> new Resuming(missed, request);
      case Outcome.Refused(var refusal) -> of(refusal);
      case Outcome.Applied _,
          Outcome.Changed _,
          Outcome.Explained _,
          Outcome.Over _,
          Outcome.Unknown _,
          Outcome.Watched _ ->
          throw new IllegalStateException("not a beginning: " + outcome);
    };
  }

  private static Reply failed(ErrorCode code, String text) {
    return new Reply.Line(Failed.of(code, text));
  }

  private static String shortened(SessionId id) {
    var value = id.value();
    return value.length() <= 100
        ? value
        : value.substring(0, value.offsetByCodePoints(0, 50)) + "…";
  }

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
