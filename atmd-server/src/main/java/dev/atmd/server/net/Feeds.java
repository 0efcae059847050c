package dev.atmd.server.net;

import dev.atmd.protocol.message.SubscribeRequest;
import io.netty.channel.Channel;

/** Subscriptions of peers that say nothing but what they want to hear. Thread-safe. */
@FunctionalInterface
public interface Feeds {
  /**
   * From now on the channel is written the lines of this subscription, as a connection of protocol
   * 1.1 is: the list or what was missed, then every event. On the event loop of the channel, which
   * must be one of the daemon's.
   */
  void begin(Channel channel, SubscribeRequest request);
}
