package dev.atmd.server.net;

import static java.lang.System.Logger.Level.INFO;

import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.broadcast.Outbox;
import io.netty.channel.Channel;
import java.util.function.BooleanSupplier;

/**
 * All between what a channel asks and what it is sent: requests, their replies in turn, the
 * subscription, the outbox they share, and the watch over a peer that does not read. One per
 * channel, on its event loop.
 */
final class Answering implements Outbox.Owner {
  private static final System.Logger LOG = System.getLogger(Answering.class.getName());

  private final Channel channel;
  private final ConnectionLimits limits;
  private final ConnectionGauges gauges;
  private final Runnable progress;
  private final Outbox outbox;
  private final Intake intake;
  private final Subscription subscription;
  private final Replies<Reply> replies;
  private final Requests requests;
  private final StallWatch stallWatch;

  /**
   * @param isExtended whether the peer speaks 1.1
   * @param progress told whenever more may be asked than before
   */
  Answering(
      Channel channel,
      ConnectionHandler.Services services,
      ConnectionLimits limits,
      BooleanSupplier isExtended,
      Runnable progress) {
    this.channel = channel;
    this.limits = limits;
    this.gauges = services.gauges();
    this.progress = progress;
    var lane = services.broadcaster().lane(channel.eventLoop());
    outbox = new Outbox(channel, services.broadcaster().budget(), this);
    intake = new Intake(services.registry(), channel.eventLoop(), progress);
    subscription = new Subscription(services.broadcaster(), lane, outbox, isExtended);
    replies = new Replies<>(new ReplyWriter(outbox, lane, subscription, gauges)::write);
    var answers = new AnswerRunner(lane, channel, gauges, progress);
    requests = new Requests(services, replies, intake, outbox, subscription, answers);
    stallWatch = new StallWatch(channel, outbox, limits.stalledSubscriber(), this::closeStalled);
  }

  Outbox outbox() {
    return outbox;
  }

  Subscription subscription() {
    return subscription;
  }

  Replies<Reply> replies() {
    return replies;
  }

  Requests requests() {
    return requests;
  }

  /** Whether no more may be asked until something has been answered, read or taken. */
  boolean isBehind() {
    return replies.open() >= limits.requests()
        || outbox.waitingReplies() >= limits.requests()
        || intake.isBehind();
  }

  /** Whether all that was asked is answered, though perhaps not read. */
  boolean isDone() {
    return replies.open() == 0 && !intake.isBehind();
  }

  /** Nobody has to be watched any more. */
  void end() {
    stallWatch.end();
  }

  @Override
  public void collapsed(int events) {
    gauges.collapsed(events);
    subscription.replaced(events);
  }

  @Override
  public void overflowed(int events) {
    gauges.overflowed(events);
    subscription.dropped(events);
  }

  @Override
  public void blocked() {
    stallWatch.start();
  }

  @Override
  public void drained() {
    requests.drained();
    progress.run();
    requests.catchUp();
  }

  private void closeStalled() {
    var seconds = limits.stalledSubscriber().toSeconds();
    LOG.log(INFO, "closing a connection that has read nothing for {0} s", seconds);
    gauges.failed(ErrorCode.STALLED_SUBSCRIBER.tag());
    var _ = channel.close();
  }
}
