package dev.atmd.server.net;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.broadcast.Outbox;
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
  private final ConnectionHandler.Services services;
  private final SubscribeRequest request;
  private final Outbox outbox;
  private final Subscription subscription;
  private final Requests requests;
  private final StallWatch stallWatch;
  private @Nullable Future<?> beat;

  FeedHandler(
      Channel channel,
      ConnectionHandler.Services services,
      ConnectionLimits limits,
      SubscribeRequest request) {
    this.channel = channel;
    this.services = services;
    this.request = request;
    var lane = services.broadcaster().lane(channel.eventLoop());
    this.outbox = new Outbox(channel, services.broadcaster().budget(), new OutboxOwner());
    this.subscription = new Subscription(services.broadcaster(), lane, outbox, () -> true);
    var intake = new Intake(services.registry(), channel.eventLoop(), () -> {});
    var replies =
        new Replies<Reply>(new ReplyWriter(outbox, lane, subscription, services.gauges())::write);
    var answers = new AnswerRunner(lane, channel, services.gauges(), () -> {});
    this.requests = new Requests(services, replies, intake, outbox, subscription, answers);
    this.stallWatch = new StallWatch(channel, outbox, limits.stalledSubscriber(), this::stalled);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    requests.subscribe(request);
    beat =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    subscription.end();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stallWatch.end();
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
    outbox.pump();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.log(DEBUG, () -> "connection failed: " + cause);
    var _ = ctx.close();
  }

  /** Who does not read is not told: that would wait with all else. */
  private void beat() {
    if (outbox.isDrained()) {
      outbox.send(BEAT);
    }
  }

  private void stalled() {
    LOG.log(INFO, "closing a stream that nobody reads");
    services.gauges().failed(ErrorCode.STALLED_SUBSCRIBER.tag());
    var _ = channel.close();
  }

  /** What the outbox has to tell. */
  private final class OutboxOwner implements Outbox.Owner {
    @Override
    public void collapsed(int events) {
      services.gauges().collapsed(events);
      subscription.replaced(events);
    }

    @Override
    public void overflowed(int events) {
      services.gauges().overflowed(events);
      subscription.dropped(events);
    }

    @Override
    public void blocked() {
      stallWatch.start();
    }

    @Override
    public void drained() {
      requests.drained();
      requests.catchUp();
    }
  }
}
