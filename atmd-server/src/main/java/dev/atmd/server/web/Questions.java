package dev.atmd.server.web;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryCommand.Explain;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Explained;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.HistoryTold;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.Redaction;
import dev.atmd.server.store.Historian;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.Consumer;

/**
 * What can be asked about sessions and the past, answered with the message that the protocol has
 * for it. Shared by all connections; thread-safe, never blocks. Answers come on any thread.
 */
final class Questions {
  private final Registry registry;
  private final Historian historian;
  private final boolean isRedacted;

  Questions(Registry registry, Historian historian, boolean isRedacted) {
    this.registry = registry;
    this.historian = historian;
    this.isRedacted = isRedacted;
  }

  void explain(SessionId session, Consumer<FullHttpResponse> to) {
    var taken = registry.submit(new Explain(session), outcome -> to.accept(said(outcome)));
    if (!taken) {
      to.accept(
          wrong(HttpResponseStatus.SERVICE_UNAVAILABLE, ErrorCode.INTERNAL, "busy: ask again"));
    }
  }

  void ask(HistoryQuestion question, Consumer<FullHttpResponse> to) {
    var _ = historian.ask(question).thenAccept(answer -> to.accept(told(answer)));
  }

  private FullHttpResponse said(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Explained(var explanation) ->
          ok(Explained.of(isRedacted ? Redaction.redacted(explanation) : explanation));
      case Outcome.Over(var ended) ->
          wrong(
              HttpResponseStatus.GONE,
              ErrorCode.SESSION_OVER,
              "over since %s: %s".formatted(ended.at(), ended.reason().tag()));
      case Outcome.Unknown _ ->
          wrong(HttpResponseStatus.NOT_FOUND, ErrorCode.UNKNOWN_SESSION, "unknown session");
      case Outcome.Refused _ ->
          wrong(HttpResponseStatus.SERVICE_UNAVAILABLE, ErrorCode.INTERNAL, "cannot say now");
      case Outcome.Applied _,
          Outcome.Changed _,
          Outcome.Listed _,
          Outcome.Missed _,
          Outcome.Watched _ ->
          throw new IllegalStateException("not an explanation: " + outcome);
    };
  }

  private FullHttpResponse told(DaemonMessage answer) {
    return switch (answer) {
      case HistoryTold(var told) -> ok(new HistoryTold(isRedacted ? Veil.over(told) : told));
      case Failed failed ->
          Answers.json(HttpResponseStatus.SERVICE_UNAVAILABLE, DaemonMessageWriter.line(failed));
      case DaemonMessage other -> throw new IllegalStateException("not an answer: " + other);
    };
  }

  private static FullHttpResponse ok(DaemonMessage message) {
    return Answers.json(HttpResponseStatus.OK, DaemonMessageWriter.line(message));
  }

  private static FullHttpResponse wrong(HttpResponseStatus status, ErrorCode code, String text) {
    return Answers.json(status, DaemonMessageWriter.line(Failed.of(code, text)));
  }
}
