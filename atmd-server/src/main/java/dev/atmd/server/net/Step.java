package dev.atmd.server.net;

import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.SubscribeRequest;
import org.jspecify.annotations.Nullable;

/** What follows from one line of a conversation. */
sealed interface Step {
  /** Whether the client is told that it was wrong. */
  default boolean isRefusal() {
    return switch (this) {
      case Answer(var message) -> message instanceof Failed;
      case Part(var lastWord) -> lastWord != null;
      default -> false;
    };
  }

  /** Nothing: the line was of no consequence. */
  record Stay() implements Step {}

  record Answer(DaemonMessage message) implements Step {}

  /** The end of the conversation, after a last word if there is one. */
  record Part(@Nullable DaemonMessage lastWord) implements Step {}

  record ApplyStatus(StatusUpdate update) implements Step {}

  record ApplyLifecycle(LifecycleUpdate update) implements Step {}

  record Explain(SessionId id) implements Step {}

  record ListSessions(Detail detail) implements Step {}

  record Subscribe(SubscribeRequest request) implements Step {}

  record Unsubscribe() implements Step {}

  record Discover() implements Step {}

  record AskHistory(HistoryQuestion question) implements Step {}

  record ReadNotices() implements Step {}

  record TestNotices() implements Step {}

  record ReadMetrics() implements Step {}

  record OpenWeb() implements Step {}
}
