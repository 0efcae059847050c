package dev.atmd.server.net;

import static java.lang.System.Logger.Level.DEBUG;

import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.SubscribeRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One subscription for as long as its channel lives. On the event loop of the channel. */
final class FeedHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(FeedHandler.class.getName());

  /** So often a peer that reads hears that the daemon is there, also if nothing happens. */
  private static final long BEAT_SECONDS = 5;

  private static final byte[] BEAT = DaemonMessageWriter.line(new Pong(0));

  private final Channel channel;
  private final SubscribeRequest request;
  private final Answering answering;
  private @Nullable Future<?> beat;

  FeedHandler(
      Channel channel,
      ConnectionHandler.Services services,
      ConnectionLimits limits,
      SubscribeRequest request) {
    this.channel = channel;
    this.request = request;
    this.answering = new Answering(channel, services, limits, () -> true, () -> {});
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    answering.requests().subscribe(request);
    beat =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    answering.subscription().end();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    answering.end();
    if (beat != null) {
      beat.cancel(false);
      beat = null;
    }
  }

  /** It has asked for all that it may. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object surplus) {
    ReferenceCountUtil.release(surplus);
    var _ = ctx.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    answering.outbox().pump();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.log(DEBUG, () -> "connection failed: " + cause);
    var _ = ctx.close();
  }

  /** Who does not read is not told: that would wait with all else. */
  private void beat() {
    if (answering.outbox().isDrained()) {
      answering.outbox().send(BEAT);
    }
  }
}
