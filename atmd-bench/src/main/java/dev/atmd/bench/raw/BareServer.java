package dev.atmd.bench.raw;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * {@code BareServer fanout|ingest SOCKET}: one event loop, transport and flags as the daemon's. It
 * passes on what it reads, or parses it and forgets it.
 */
public final class BareServer {
  /** The line by which a connection asks for what the others send. */
  public static final String SUBSCRIBE = "subscribe";

  /** The line by which a connection asks how many of its lines have been parsed. */
  public static final String COUNT = "count";

  private static final int LINE_BYTES = 1 << 20;

  private BareServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    var fansOut = arguments[0].equals("fanout");
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    // Only its one event loop uses it.
    var subscribers = new LinkedHashSet<UnixChannel>();
    new ServerBootstrap()
        .group(group)
        .channel(EpollServerDomainSocketChannel.class)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childHandler(new Connections(fansOut, subscribers))
        .bind(new DomainSocketAddress(arguments[1]))
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }

  private static final class Connections extends ChannelInitializer<UnixChannel> {
    private final boolean fansOut;
    private final Set<UnixChannel> subscribers;

    Connections(boolean fansOut, Set<UnixChannel> subscribers) {
      this.fansOut = fansOut;
      this.subscribers = subscribers;
    }

    @Override
    protected void initChannel(UnixChannel channel) {
      if (fansOut) {
        channel.pipeline().addLast(new PassOnHandler(subscribers));
      } else {
        channel.pipeline().addLast(new LineBasedFrameDecoder(LINE_BYTES), new ParseHandler());
      }
    }
  }
}
