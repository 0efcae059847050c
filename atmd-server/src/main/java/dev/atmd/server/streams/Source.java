package dev.atmd.server.streams;

import dev.atmd.core.session.Harness;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A harness that offers a stream. */
interface Source {
  Harness harness();

  /** Where it is, for people. */
  String place();

  /**
   * Where to connect now, found out on any thread; a failure says why that cannot be known. Called
   * on an event loop and must not block it.
   */
  CompletableFuture<Target> find();

  /**
   * Somewhere to connect to.
   *
   * @param handlers gives a connection those that speak with this harness
   */
  record Target(
      Class<? extends Channel> channel,
      SocketAddress address,
      BiConsumer<ChannelPipeline, Link> handlers) {}
}
