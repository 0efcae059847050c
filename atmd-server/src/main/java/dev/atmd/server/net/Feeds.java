package dev.atmd.server.net;

import dev.atmd.protocol.message.SubscribeRequest;
import io.netty.channel.Channel;

/**
 * Subscriptions of peers that say nothing but what they want to hear. Shared by all of them;
 * thread-safe.
 */
public final class Feeds {
  private final ConnectionHandler.Services services;
  private final ConnectionLimits limits;

  Feeds(ConnectionHandler.Services services, ConnectionLimits limits) {
    this.services = services;
    this.limits = limits;
  }

  /**
   * From now on the channel is written the lines of this subscription, as a connection of protocol
   * 1.1 is: the list or what was missed, then every event. On the event loop of the channel, which
   * must be one of the daemon's.
   */
  public void begin(Channel channel, SubscribeRequest request) {
    channel.pipeline().addLast(new FeedHandler(channel, services, limits, request));
  }
}
