package dev.atmd.server.http;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Refusal;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.http.HttpFraming.Services;
import dev.atmd.server.http.Request.Report;
import dev.atmd.server.net.Intake;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way into the registry. It is answered at once unless its sender wants to know
 * that it has been applied. On the event loop of the connection.
 */
final class EventReport {
  private final Services services;
  private final Intake intake;
  private final EventLoop loop;
  private final Answerer answerer;
  private boolean answered;

  /** Where the answer goes. Called once, on the event loop. */
  interface Answerer {
    void done();

    void wrong(HttpResponseStatus status, ErrorCode code, String text);
  }

  EventReport(Services services, Intake intake, EventLoop loop, Answerer answerer) {
    this.services = services;
    this.intake = intake;
    this.loop = loop;
    this.answerer = answerer;
  }

  void submit(Report report, byte[] payload, int length) {
    switch (report.beside().read(payload, length)) {
      case Unreadable(var code, var text) -> wrong(HttpResponseStatus.BAD_REQUEST, code, text);
      case Understood(_, var message, _) -> {
        services.gauges().understood(message, !(message instanceof Unacceptable), 1);
        submit(message, report.untilApplied());
      }
    }
  }

  private void submit(ClientMessage message, boolean untilApplied) {
    switch (message) {
      case StatusUpdate update -> submit(services.reports().command(update), untilApplied);
      case LifecycleUpdate update -> submit(services.reports().command(update), untilApplied);
      case Ignored _ -> done();
      case Unacceptable(var code, var text) ->
          wrong(
              code == ErrorCode.INVALID_PAYLOAD
                  ? HttpResponseStatus.BAD_REQUEST
                  : HttpResponseStatus.NOT_FOUND,
              code,
              text);
      default -> throw new IllegalStateException("not an event: " + message.getClass());
    }
  }

  private void submit(CompletableFuture<RegistryCommand> command, boolean untilApplied) {
    var readAt = System.nanoTime();
    intake.submit(command, found -> found, outcome -> served(outcome, readAt, untilApplied));
    if (!untilApplied) {
      done();
    }
  }

  /** In the registry's turn, or on the event loop if the registry has closed. */
  private void served(Outcome outcome, long readAt, boolean untilApplied) {
    services.gauges().applied(System.nanoTime() - readAt);
    if (loop.inEventLoop()) {
      answer(outcome);
    } else if (untilApplied) {
      loop.execute(() -> answer(outcome));
    } else if (outcome instanceof Refused(var refusal)) {
      services.gauges().failed(codeOf(refusal).tag());
    }
  }

  private void answer(Outcome outcome) {
    if (outcome instanceof Refused(var refusal)) {
      wrong(statusOf(refusal), codeOf(refusal), "not applied: " + refusal);
    } else {
      done();
    }
  }

  private void done() {
    if (!answered) {
      answered = true;
      answerer.done();
    }
  }

  private void wrong(HttpResponseStatus status, ErrorCode code, String text) {
    if (!answered) {
      answered = true;
      answerer.wrong(status, code, text);
    }
  }

  private static HttpResponseStatus statusOf(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Full _ -> HttpResponseStatus.INSUFFICIENT_STORAGE;
      case Refusal.Internal _ -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
      case Refusal.Closed _ -> HttpResponseStatus.SERVICE_UNAVAILABLE;
    };
  }

  private static ErrorCode codeOf(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Full _ -> ErrorCode.REGISTRY_FULL;
      case Refusal.Internal _ -> ErrorCode.INTERNAL;
      case Refusal.Closed _ -> ErrorCode.SHUTTING_DOWN;
    };
  }
}
