package dev.atmd.server.net;

import dev.atmd.protocol.frame.FrameBudget;
import io.netty.channel.Channel;

/**
 * What a connection may speak instead of lines. Shared by all connections; called on their loops.
 */
@FunctionalInterface
public interface Framing {
  /**
   * Gives a connection the handlers of this protocol. It has been counted as opened; from now on
   * these handlers count what comes, and its end.
   *
   * @param unfinished what the unfinished requests of all connections may take together
   */
  void install(Channel channel, ConnectionLimits limits, FrameBudget unfinished);
}
