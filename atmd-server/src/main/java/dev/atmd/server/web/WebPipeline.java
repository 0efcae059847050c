package dev.atmd.server.web;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.server.config.WebConfig;
import dev.atmd.server.web.Gate.Visitor;
import dev.atmd.server.web.WebGauges.Refusal;
import dev.atmd.server.web.WebServer.Parts;
import dev.atmd.server.web.WebServer.Services;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new connection its handlers. It is read only once it is known whose it is, where the
 * kernel tells: the user of the daemon's, root's, or an account's that may read the metrics. On the
 * event loop of the connection.
 */
@Sharable
final class WebPipeline extends ChannelInitializer<Channel> {
  private static final System.Logger LOG = System.getLogger(WebPipeline.class.getName());

  /** A path with its question. */
  private static final int LINE_BYTES = 8 * 1024;

  /** With the cookies of all that runs on this machine. */
  private static final int HEADER_BYTES = 16 * 1024;

  /** A token in JSON. */
  private static final int BODY_BYTES = 4 * 1024;

  private static final long IDLE_SECONDS = 60;
  private static final long ROOT = 0;

  /** A scraper keeps one; they must not take all of those that browsers need. */
  private static final int SCRAPER_CONNECTIONS = 4;

  private final @Nullable SslContext tls;
  private final ChannelGroup connections;
  private final Parts parts;
  private final int maxConnections;
  private final boolean asksForOwner;
  private final long ownUid;
  private final Set<Long> scrapers;
  private final Semaphore scraperConnections = new Semaphore(SCRAPER_CONNECTIONS);
  private final Neighbours neighbours = new Neighbours(Path.of("/proc/net"));

  /** Set before the first connection is read, and read on event loops. */
  private volatile @Nullable Services services;

  /**
   * @param scrapers numbers of accounts that may read the metrics
   */
  WebPipeline(
      WebConfig web,
      long ownUid,
      Set<Long> scrapers,
      @Nullable SslContext tls,
      ChannelGroup connections,
      Parts parts) {
    this.tls = tls;
    this.connections = connections;
    this.parts = parts;
    this.maxConnections = web.maxConnections();
    this.ownUid = ownUid;
    this.scrapers = scrapers;
    this.asksForOwner = web.isLocal() && neighbours.canTell();
  }

  /** From now on connections are served. */
  void serve(Services all) {
    services = all;
  }

  @Override
  protected void initChannel(Channel channel) {
    var all = services;
    if (all == null || connections.size() >= maxConnections) {
      refuse(channel, Refusal.CONNECTIONS);
      return;
    }
    connections.add(channel);
    parts.gauges().webOpened();
    var _ = channel.closeFuture().addListener(_ -> parts.gauges().webClosed());
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    }
    var handler = install(channel, all);
    if (asksForOwner) {
      admitIfKnown(channel, handler);
    } else {
      channel.config().setAutoRead(true);
    }
  }

  /** Lets a connection speak HTTP. */
  static WebHandler install(Channel channel, Services services) {
    var handler = new WebHandler(channel, services);
    channel
        .pipeline()
        .addLast(new FlushConsolidationHandler())
        .addLast(new IdleStateHandler(IDLE_SECONDS, 0, 0, TimeUnit.SECONDS))
        .addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(LINE_BYTES)
                    .setMaxHeaderSize(HEADER_BYTES)))
        .addLast(new HttpObjectAggregator(BODY_BYTES, true))
        .addLast(handler);
    return handler;
  }

  /** Off the event loop: the kernel's tables can be long. */
  private void admitIfKnown(Channel channel, WebHandler handler) {
    var peer = (InetSocketAddress) channel.remoteAddress();
    var own = (InetSocketAddress) channel.localAddress();
    try {
      parts
          .files()
          .execute(() -> {
            var owner = owner(peer, own);
            if (owner.isPresent() && (owner.getAsLong() == ownUid || owner.getAsLong() == ROOT)) {
              admit(channel, handler, Visitor.OWN);
            } else if (owner.isPresent() && scrapers.contains(owner.getAsLong())) {
              admitScraper(channel, handler);
            } else {
              refuse(channel, Refusal.STRANGER);
            }
          });
    } catch (RejectedExecutionException _) {
      refuse(channel, Refusal.CONNECTIONS);
    }
  }

  private void admitScraper(Channel channel, WebHandler handler) {
    if (scraperConnections.tryAcquire()) {
      var _ = channel.closeFuture().addListener(_ -> scraperConnections.release());
      admit(channel, handler, Visitor.SCRAPER);
    } else {
      refuse(channel, Refusal.CONNECTIONS);
    }
  }

  private static void admit(Channel channel, WebHandler handler, Visitor visitor) {
    channel
        .eventLoop()
        .execute(() -> {
          handler.isOf(visitor);
          channel.config().setAutoRead(true);
        });
  }

  private OptionalLong owner(InetSocketAddress peer, InetSocketAddress own) {
    try {
      return neighbours.owner(peer, own);
    } catch (IOException | RuntimeException e) {
      LOG.log(WARNING, "cannot tell whose connection this is: {0}", e.getMessage());
      return OptionalLong.empty();
    }
  }

  private void refuse(Channel channel, Refusal reason) {
    parts.gauges().webRefused(reason);
    LOG.log(INFO, "refused a connection to the dashboard: {0}", reason);
    var _ = channel.close();
  }
}
