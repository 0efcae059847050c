package dev.atmd.server.broadcast;

import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.DaemonMessage.Lagged;
import java.util.Iterator;

/**
 * That a subscriber did not keep up: it is told before the events that were left for it, with what
 * the counts are by then. One of protocol 1.0 gets a list instead. On the event loop of the
 * connection.
 */
final class LagNotice {
  private final Outbox outbox;
  private final boolean isUnderstood;
  private long replaced;
  private long dropped;

  /** Whether it waits in the outbox. */
  private boolean waits;

  LagNotice(Outbox outbox, boolean isUnderstood) {
    this.outbox = outbox;
    this.isUnderstood = isUnderstood;
  }

  void replaced(int events) {
    replaced += events;
    announce();
  }

  void dropped(int events) {
    dropped += events;
    announce();
  }

  /** Whether a list has to say it. True once for each time it lags. */
  boolean needsList() {
    var needs = !isUnderstood && replaced > 0;
    replaced = isUnderstood ? replaced : 0;
    return needs;
  }

  private void announce() {
    if (isUnderstood && !waits) {
      waits = true;
      outbox.sendFirst(new Line());
    }
  }

  /** Written when its turn has come. */
  private final class Line implements Iterator<byte[]> {
    @Override
    public boolean hasNext() {
      return waits;
    }

    @Override
    public byte[] next() {
      var line = DaemonMessageWriter.line(new Lagged(replaced, dropped));
      waits = false;
      replaced = 0;
      dropped = 0;
      return line;
    }
  }
}
