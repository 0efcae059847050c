package dev.atmd.server.net;

import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one read of a connection has brought. They are counted and timed together, as
 * reading a clock takes as long as reading some fields. On the event loop of the connection.
 */
final class Burst {
  private final ConnectionGauges gauges;
  private final long readAt = System.nanoTime();

  /** Status lines of one harness, one after another, that have not been counted yet. */
  private @Nullable StatusUpdate alike;

  private int alikes;

  /** Reports that have not been applied yet. */
  private int underWay;

  private boolean reports;
  private boolean whole;

  Burst(ConnectionGauges gauges) {
    this.gauges = gauges;
  }

  /** A message was understood; {@code accepted} unless it was answered with an error. */
  void understood(ClientMessage message, boolean accepted) {
    if (accepted && message instanceof StatusUpdate update) {
      if (alike == null || alike.report().harness() != update.report().harness()) {
        countAlikes();
        alike = update;
      }
      alikes++;
    } else {
      countAlikes();
      gauges.understood(message, accepted, 1);
    }
  }

  private void countAlikes() {
    if (alike != null) {
      gauges.understood(alike, true, alikes);
      alike = null;
      alikes = 0;
    }
  }

  /** A report of it is on its way into the registry. */
  void reported() {
    reports = true;
    underWay++;
  }

  /** A report of it has been applied, and its event handed to the subscribers. */
  void applied() {
    underWay--;
    noteIfDone();
  }

  /** All has been read. */
  void end() {
    whole = true;
    countAlikes();
    noteIfDone();
  }

  private void noteIfDone() {
    if (whole && reports && underWay == 0) {
      gauges.applied(System.nanoTime() - readAt);
    }
  }
}
