package dev.atmd.server.net;

import dev.atmd.protocol.message.ClientMessage;

/** Counts what goes on on connections. Called on event loops; must not block. */
public interface ConnectionGauges {
  void opened();

  void closed();

  /** So many messages like this were understood; {@code accepted} unless answered with an error. */
  void understood(ClientMessage message, boolean accepted, int count);

  /** A client was told that something is wrong, by the code on the wire. */
  void failed(String code);

  /** The reports that were read at a time have all been applied, so long after that. */
  void applied(long nanos);

  void collapsed(int events);

  void overflowed(int events);

  /** A subscriber has come back and hears what it missed. */
  void resumed();

  /** The metrics of the whole daemon as Prometheus text. */
  String scrape();
}
