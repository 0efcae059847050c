package dev.atmd.server.net;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.core.registry.Registry;
import dev.atmd.protocol.frame.ClientLineDecoder;
import dev.atmd.protocol.frame.FrameBudget;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.store.Durability;
import dev.atmd.server.store.Historian;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Accepts connections and gives each its pipeline. */
public final class SocketServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SocketServer.class.getName());

  /**
   * Unsent bytes above which a peer counts as not reading, and below which it reads again: more
   * than one write of joined events, so that nothing is told of who takes them at once. They are
   * beyond what the kernel holds for it.
   */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(16 * 1024, 80 * 1024);

  /**
   * What the kernel may hold for a peer; it counts double, against the memory of the daemon. A few
   * may have as much as the kernel gives anybody, for that saves them and the daemon wake-ups.
   */
  private static final int KERNEL_BYTES = 104 * 1024;

  private static final int KERNEL_BYTES_OF_MANY = 32 * 1024;
  private static final int FEW = 200;

  /**
   * A connection is read once and a little, then the others are, and what came of it is sent on: so
   * few lines are under way that their objects die young.
   */
  private static final RecvByteBufAllocator ONE_READ =
      new AdaptiveRecvByteBufAllocator(512, 2 * 1024, 32 * 1024).maxMessagesPerRead(1);

  /** How long the loops may take to finish what they are doing. */
  private static final long SHUTDOWN_MILLIS = 1_000;

  private final Transport transport;
  private final Loops loops;
  private final ConnectionHandler.Services services;
  private final ConnectionLimits limits;
  private final int maxConnections;
  private final int maxOfOneProcess;
  private final long ownUid;
  private final FrameBudget unfinished;
  private final Peers peers;
  private final Framing http;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final DashboardPlace dashboard = new DashboardPlace();
  private final AtomicLong accepted = new AtomicLong();
  private @Nullable Channel acceptor;

  /** The event loops, "atmd-io-1" and so on, that serve all connections. */
  public record Loops(MultiThreadIoEventLoopGroup group, List<EventLoop> all) {}

  public SocketServer(
      DaemonConfig config,
      Loops loops,
      Registry registry,
      Broadcaster broadcaster,
      Durability durability,
      Historian historian,
      Notices notices,
      Places places,
      Finder finder,
      Framing http,
      ConnectionGauges gauges) {
    this.transport = config.transport();
    this.loops = loops;
    this.limits = config.connection();
    this.maxConnections = config.maxConnections();
    this.maxOfOneProcess = config.maxConnectionsOfOneProcess();
    this.unfinished = new FrameBudget(config.unfinishedBytes());
    this.peers = new Peers(maxOfOneProcess, unfinished);
    this.http = http;
    this.ownUid = config.uid();
    this.services =
        new ConnectionHandler.Services(
            registry,
            broadcaster,
            durability,
            historian,
            notices,
            new Reports(places),
            finder,
            dashboard,
            gauges,
            transport.servesHalfClosed());
  }

  public static Loops loops(Transport transport, int count) {
    var number = new AtomicInteger();
    ThreadFactory named =
        task -> new FastThreadLocalThread(task, "atmd-io-" + number.incrementAndGet());
    var group = new MultiThreadIoEventLoopGroup(count, named, transport.ioHandlers());
    var all = new ArrayList<EventLoop>();
    for (var i = 0; i < count; i++) {
      all.add(group.next());
    }
    return new Loops(group, List.copyOf(all));
  }

  /** Listens on the socket, which must be free: whatever stands there is replaced. */
  public void bind(Path socket) {
    var bootstrap =
        new ServerBootstrap()
            .group(loops.group)
            .channel(transport.serverChannel())
            .handler(new AcceptFailures())
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, ONE_READ)
            .childHandler(new Pipeline());
    if (transport.servesHalfClosed()) {
      bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    acceptor = bootstrap.bind(transport.address(socket)).syncUninterruptibly().channel();
  }

  /** What serves subscriptions to those who do not speak lines. */
  public Feeds feeds() {
    return (channel, request) ->
        channel.pipeline().addLast(new FeedHandler(channel, services, limits, request));
  }

  /** From now on clients who ask for the dashboard are sent there. */
  public void announce(WebAddress web) {
    dashboard.serve(web);
  }

  /** From now on nobody can connect; who is connected stays. */
  public void stopAccepting() {
    if (acceptor != null) {
      acceptor.close().awaitUninterruptibly(SHUTDOWN_MILLIS);
    }
  }

  /** Closes every connection, whether its peer reads or not, and ends the loops. */
  @Override
  public void close() {
    connections.close().awaitUninterruptibly(SHUTDOWN_MILLIS);
    var _ = loops.group.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Gives a new connection its handlers, or a reason why it may not stay. */
  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      if (!isOurs(channel)) {
        refuse(channel, ErrorCode.FORBIDDEN, "this daemon belongs to another user");
      } else if (connections.size() >= maxConnections) {
        refuse(
            channel,
            ErrorCode.TOO_MANY_CONNECTIONS,
            "Too many connections (max: " + maxConnections + ")");
      } else {
        admit(channel);
      }
    }

    private void admit(Channel channel) {
      var pid = pid(channel);
      if (pid.isEmpty()) {
        serve(channel, unfinished);
        return;
      }
      var peer = peers.join(pid.getAsInt());
      if (peer == null) {
        refuse(
            channel,
            ErrorCode.TOO_MANY_CONNECTIONS,
            "Too many connections of one process (max: " + maxOfOneProcess + ")");
        return;
      }
      var _ = channel.closeFuture().addListener(_ -> peers.leave(peer));
      serve(channel, peer.unfinished());
    }

    private void serve(Channel channel, FrameBudget budget) {
      var kernelBytes = connections.size() < FEW ? KERNEL_BYTES : KERNEL_BYTES_OF_MANY;
      channel.config().setOption(ChannelOption.SO_SNDBUF, kernelBytes);
      connections.add(channel);
      var id = "client-" + accepted.getAndIncrement();
      var stalledMillis = limits.stalledFrame().toMillis();
      channel
          .pipeline()
          .addLast(new FlushConsolidationHandler())
          .addLast(new IdleStateHandler(stalledMillis, 0, 0, TimeUnit.MILLISECONDS))
          .addLast(new FramingSelector(http, limits, budget))
          .addLast(new ClientLineDecoder(limits.frameBytes(), budget))
          .addLast(
              new ConnectionHandler(
                  channel, services, limits, new Conversation(id, limits.badLines())));
    }

    /** Who cannot be told is bounded with all others only. */
    private OptionalInt pid(Channel channel) {
      try {
        return transport.peerPid(channel);
      } catch (IOException e) {
        LOG.log(INFO, "cannot tell which process connects: {0}", e.getMessage());
        return OptionalInt.empty();
      }
    }

    private boolean isOurs(Channel channel) {
      try {
        var peer = transport.peerUid(channel);
        return peer.isEmpty() || peer.getAsLong() == ownUid || peer.getAsLong() == 0;
      } catch (IOException e) {
        LOG.log(WARNING, "cannot tell who connects: {0}", e.getMessage());
        return false;
      }
    }

    private void refuse(Channel channel, ErrorCode code, String message) {
      services.gauges().failed(code.tag());
      LOG.log(INFO, "refused a connection: {0}", message);
      var line = DaemonMessageWriter.line(Failed.of(code, message));
      var _ =
          channel
              .writeAndFlush(Unpooled.wrappedBuffer(line))
              .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /**
   * Says why no connection can be accepted. Netty itself pauses for a second after each failure.
   */
  private static final class AcceptFailures extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      LOG.log(WARNING, "cannot accept connections: {0}", cause.getMessage());
      ctx.fireExceptionCaught(cause);
    }
  }
}
