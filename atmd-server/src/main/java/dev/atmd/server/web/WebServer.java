package dev.atmd.server.web;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.core.registry.Registry;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.config.WebConfig;
import dev.atmd.server.files.StartException;
import dev.atmd.server.net.Feeds;
import dev.atmd.server.net.SocketServer;
import dev.atmd.server.net.WebAddress;
import dev.atmd.server.store.Historian;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard while it is served, on the event loops of all connections. Opened and closed by the
 * thread that owns the daemon; {@link #address} is for any thread.
 */
public final class WebServer implements WebAddress, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebServer.class.getName());

  /** How many ports are tried, from the one that is set on. */
  private static final int PORTS = 16;

  /** As for subscribers on the socket, and for their reasons. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(4 * 1024, 16 * 1024);

  private static final int KERNEL_BYTES = 104 * 1024;
  private static final long SHUTDOWN_MILLIS = 500;
  private static final Path ACCOUNTS = Path.of("/etc/passwd");

  private final Channel acceptor;
  private final ChannelGroup connections;
  private final Logins logins;
  private final InstantSource clock;
  private final String origin;

  /** What all connections share. */
  record Services(
      Gate gate,
      Passes passes,
      Logins logins,
      Assets assets,
      Questions questions,
      Feeds feeds,
      Semaphore streams,
      WebGauges gauges,
      InstantSource clock,
      boolean isRedacted) {}

  /** What the daemon lends it. */
  public record Parts(
      SocketServer.Loops loops,
      Registry registry,
      Historian historian,
      Feeds feeds,
      ExecutorService files,
      WebGauges gauges,
      InstantSource clock) {}

  private WebServer(
      Channel acceptor,
      ChannelGroup connections,
      Logins logins,
      InstantSource clock,
      String origin) {
    this.acceptor = acceptor;
    this.connections = connections;
    this.logins = logins;
    this.clock = clock;
    this.origin = origin;
  }

  /**
   * Looks whether it can be served as it is wanted, before anything is started.
   *
   * @throws StartException if it must not be; the message says what to do
   */
  public static void check(WebConfig web) throws StartException {
    var problem = web.problem();
    if (problem.isPresent()) {
      throw new StartException(problem.get());
    }
    if (web.isEnabled()) {
      var _ = tls(web);
      var _ = Accounts.numbers(web.scrapers(), ACCOUNTS);
    }
  }

  /**
   * Serves the dashboard if that is wanted. A daemon without one is better than none: where it
   * cannot be served, the log says why.
   */
  public static Optional<WebServer> open(DaemonConfig config, Parts parts) {
    var web = config.web();
    if (!web.isEnabled()) {
      return Optional.empty();
    }
    try {
      return Optional.of(open(config, web, tls(web), parts));
    } catch (IOException | StartException | RuntimeException e) {
      LOG.log(WARNING, "no dashboard: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private static WebServer open(
      DaemonConfig config, WebConfig web, @Nullable SslContext tls, Parts parts)
      throws IOException, StartException {
    var keys = WebKeys.open(config.stateDir());
    var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    var pipeline =
        new WebPipeline(
            web, config.uid(), Accounts.numbers(web.scrapers(), ACCOUNTS), tls, connections, parts);
    var acceptor = bind(config, web, parts, pipeline);
    var port = ((InetSocketAddress) acceptor.localAddress()).getPort();
    var passes = new Passes(keys, port, tls != null);
    var names = new ArrayList<>(web.hosts());
    if (!web.isLocal() && !web.listen().getAddress().isAnyLocalAddress()) {
      names.add(literal(web.listen()));
    }
    var logins = new Logins();
    pipeline.serve(
        new Services(
            new Gate(passes, keys, names),
            passes,
            logins,
            Assets.load(),
            new Questions(parts.registry, parts.historian, web.isRedacted()),
            parts.feeds,
            new Semaphore(web.maxStreams()),
            parts.gauges,
            parts.clock,
            web.isRedacted()));
    var host = names.isEmpty() ? literal(web.listen()) : names.getFirst();
    var origin = (tls == null ? "http://" : "https://") + host + ":" + port;
    LOG.log(INFO, "dashboard at {0}/", origin);
    return new WebServer(acceptor, connections, logins, parts.clock, origin);
  }

  private static Channel bind(DaemonConfig config, WebConfig web, Parts parts, WebPipeline pipeline)
      throws IOException {
    var bootstrap =
        new ServerBootstrap()
            .group(parts.loops.group())
            .channel(config.transport().tcpServerChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childOption(ChannelOption.SO_SNDBUF, KERNEL_BYTES)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(pipeline);
    var first = web.listen().getPort();
    var tries = first == 0 ? 1 : Math.min(PORTS, 65_536 - first);
    ChannelFuture bound = null;
    for (var i = 0; i < tries; i++) {
      bound = bootstrap.bind(web.listen().getAddress(), first + i).awaitUninterruptibly();
      if (bound.isSuccess()) {
        return bound.channel();
      }
    }
    throw new IOException(
        "cannot listen at %s or the %d ports after it: %s"
            .formatted(web.listen(), tries - 1, bound == null ? "" : bound.cause().getMessage()));
  }

  private static @Nullable SslContext tls(WebConfig web) throws StartException {
    if (!web.hasTls()) {
      return null;
    }
    try {
      return SslContextBuilder.forServer(
              Path.of(web.certificate()).toFile(), Path.of(web.key()).toFile())
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new StartException(
          "web.tls_cert %s and web.tls_key %s are no certificate with its key, as PEM: %s"
              .formatted(web.certificate(), web.key(), e.getMessage()));
    }
  }

  private static String literal(InetSocketAddress address) {
    var literal = address.getAddress().getHostAddress();
    return literal.indexOf(':') < 0 ? literal : "[" + literal + "]";
  }

  /** The token stands behind the mark that browsers send to nobody. */
  @Override
  public String address() {
    return origin + "/#token=" + logins.issue(clock.instant());
  }

  /** From now on nobody can connect, and nobody is connected any more. */
  @Override
  public void close() {
    acceptor.close().awaitUninterruptibly(SHUTDOWN_MILLIS);
    connections.close().awaitUninterruptibly(SHUTDOWN_MILLIS);
  }
}
