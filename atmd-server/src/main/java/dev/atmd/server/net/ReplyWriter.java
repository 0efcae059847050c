package dev.atmd.server.net;

import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.server.broadcast.Lane;
import dev.atmd.server.broadcast.Outbox;

/** Writes the replies of one connection whose turn has come. On its event loop. */
final class ReplyWriter {
  private final Outbox outbox;
  private final Lane lane;
  private final Subscription subscription;
  private final ConnectionGauges gauges;

  ReplyWriter(Outbox outbox, Lane lane, Subscription subscription, ConnectionGauges gauges) {
    this.outbox = outbox;
    this.lane = lane;
    this.subscription = subscription;
    this.gauges = gauges;
  }

  void write(Reply reply) {
    switch (reply) {
      case Reply.Line(var message) -> write(message);
      case Reply.Listing(var snapshot, var detail) ->
          outbox.send(lane.list(snapshot, SessionFilter.ALL, detail));
      case Reply.Opening(var snapshot, var request) -> subscription.open(snapshot, request);
      case Reply.Resuming(var missed, var request) -> {
        gauges.resumed();
        subscription.resume(missed, request);
      }
      case Reply.Farewell(var lastWord) -> {
        if (lastWord != null) {
          write(lastWord);
        }
        outbox.closeAfterwards();
      }
    }
  }

  private void write(DaemonMessage message) {
    if (message instanceof Failed(_, var code) && code != null) {
      gauges.failed(code);
    }
    outbox.send(DaemonMessageWriter.line(message));
  }
}
