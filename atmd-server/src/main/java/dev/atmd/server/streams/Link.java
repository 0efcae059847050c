package dev.atmd.server.streams;

import dev.atmd.protocol.json.AgentEventLine;

/** One connection to a harness, as its handlers see it. Only to be used on its event loop. */
interface Link {
  /** The harness has answered as it should: what it says from now on counts. */
  void opened();

  /** It has sent an event. */
  void event(AgentEventLine beside, byte[] payload);

  /** It has sent something that is skipped. */
  void skipped(String why);

  /** The connection is of no use any more. */
  void close(String why);
}
