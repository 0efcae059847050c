package dev.atmd.server.net;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Outcome.Listed;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.registry.RegistryCommand.ApplyStatus;
import dev.atmd.core.registry.RegistryCommand.TakeSnapshot;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.frame.LineFrameDecoder;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.Lane;
import dev.atmd.server.broadcast.Outbox;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out what the conversation decides. One per connection, on its event loop. */
final class ConnectionHandler extends SimpleChannelInboundHandler<ClientLine> {
  private static final System.Logger LOG = System.getLogger(ConnectionHandler.class.getName());

  private final Channel channel;
  private final Services services;
  private final ConnectionLimits limits;
  private final Conversation conversation;
  private final Lane lane;
  private final Outbox outbox;
  private final Intake intake;
  private final Replies<Reply> replies = new Replies<>(this::send);
  private final Subscription subscription;
  private final StallWatch stallWatch;
  private @Nullable Future<?> greetingDeadline;
  private boolean parted;
  private boolean inputEnded;

  /** What all connections share. */
  record Services(
      Registry registry,
      Broadcaster broadcaster,
      Places places,
      Finder finder,
      ConnectionGauges gauges,
      boolean servesHalfClosed) {}

  ConnectionHandler(
      Channel channel, Services services, ConnectionLimits limits, Conversation conversation) {
    this.channel = channel;
    this.services = services;
    this.limits = limits;
    this.conversation = conversation;
    this.lane = services.broadcaster.lane(channel.eventLoop());
    this.outbox = new Outbox(channel, limits.outboxEvents(), new OutboxOwner());
    this.intake = new Intake(services.registry, channel.eventLoop(), this::paceReading);
    this.subscription = new Subscription(services.broadcaster, lane, outbox);
    this.stallWatch =
        new StallWatch(channel, outbox, limits.stalledSubscriber(), this::closeStalled);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    services.gauges.opened();
    var millis = limits.handshake().toMillis();
    greetingDeadline = ctx.executor().schedule(this::expectGreeting, millis, TimeUnit.MILLISECONDS);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    services.gauges.closed();
    parted = true;
    forgetGreetingDeadline();
    subscription.end();
    ctx.fireChannelInactive();
  }

  /** Also when the connection turns out to speak another protocol. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    forgetGreetingDeadline();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ClientLine line) {
    if (parted) {
      return;
    }
    var step = conversation.on(line);
    if (line instanceof Understood(_, var message)) {
      services.gauges.understood(message.getClass(), !step.isRefusal());
    }
    if (conversation.isGreeted()) {
      forgetGreetingDeadline();
    }
    carryOut(step);
    paceReading();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    outbox.pump();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case ChannelInputShutdownReadComplete _ -> {
        inputEnded = true;
        subscription.end();
        leaveIfDone();
      }
      case IdleStateEvent _ -> dropStalledFrame(ctx);
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.log(DEBUG, () -> "connection failed: " + cause);
    var _ = ctx.close();
  }

  private void carryOut(Step step) {
    switch (step) {
      case Step.Stay _ -> {}
      case Step.Answer(var message) -> answer(message);
      case Step.Part(var lastWord) -> part(lastWord);
      case Step.ApplyStatus(var update) -> applyStatus(update);
      case Step.ApplyLifecycle(var update) -> applyLifecycle(update);
      case Step.ListSessions _ -> takeSnapshot(replies.reserve(), Reply.Listing::new);
      case Step.Subscribe(var filter) -> subscribe(filter);
      case Step.Unsubscribe _ -> subscription.end();
      case Step.Discover _ -> discover();
      case Step.ReadMetrics _ -> answer(new Metrics(services.gauges.scrape()));
    }
  }

  private void applyStatus(StatusUpdate update) {
    var directory = update.report().directory();
    if (directory == null) {
      report(new ApplyStatus(update.report(), update.delivery(), null));
    } else {
      report(
          services.places.of(directory),
          place -> new ApplyStatus(update.report(), update.delivery(), place));
    }
  }

  private void applyLifecycle(LifecycleUpdate update) {
    var pid = update.report().pid();
    if (pid == null) {
      report(new ApplyLifecycle(update.report(), update.delivery(), null));
    } else {
      report(
          services.places.of(pid),
          place -> new ApplyLifecycle(update.report(), update.delivery(), place.orElse(null)));
    }
  }

  private void report(RegistryCommand command) {
    report(CompletableFuture.completedFuture(command), found -> found);
  }

  private <T> void report(
      CompletableFuture<T> lookup, Function<T, @Nullable RegistryCommand> command) {
    var slot = replies.reserve();
    var readAt = System.nanoTime();
    intake.submit(lookup, command, outcome -> lane.deliver(() -> reported(outcome, slot, readAt)));
  }

  private void reported(Outcome outcome, Replies<Reply>.Slot slot, long readAt) {
    services.gauges.applied(System.nanoTime() - readAt);
    slot.fill(outcome instanceof Refused(var refusal) ? Reply.of(refusal) : null);
    paceReading();
  }

  private void takeSnapshot(Replies<Reply>.Slot slot, Function<Snapshot, Reply> reply) {
    intake.submit(
        new TakeSnapshot(),
        outcome ->
            lane.deliver(() -> {
              slot.fill(
                  switch (outcome) {
                    case Listed(var snapshot) -> reply.apply(snapshot);
                    case Refused(var refusal) -> Reply.of(refusal);
                    default -> throw new IllegalStateException("not a list: " + outcome);
                  });
              paceReading();
            }));
  }

  private void subscribe(SessionFilter filter) {
    if (subscription.join()) {
      takeSnapshot(replies.reserve(), snapshot -> new Reply.Opening(snapshot, filter));
    } else {
      var max = services.broadcaster.maxSubscribers();
      answer(
          Failed.of(
              ErrorCode.TOO_MANY_SUBSCRIBERS, "Too many subscribers (max: %d)".formatted(max)));
    }
  }

  /** Nothing else of this connection is submitted until the scan is over (atm-protocol §5.10). */
  private void discover() {
    var slot = replies.reserve();
    intake.submit(
        services.finder.discover(),
        found -> {
          slot.fill(new Reply.Line(found));
          return null;
        },
        outcome -> {});
  }

  private void answer(DaemonMessage message) {
    replies.add(new Reply.Line(message));
  }

  private void part(@Nullable DaemonMessage lastWord) {
    parted = true;
    subscription.end();
    replies.add(new Reply.Farewell(lastWord));
  }

  /** Sends a reply whose turn has come. */
  private void send(Reply reply) {
    switch (reply) {
      case Reply.Line(var message) -> sendLine(message);
      case Reply.Listing(var snapshot) -> outbox.send(lane.list(snapshot, SessionFilter.ALL));
      case Reply.Opening(var snapshot, var filter) -> subscription.open(snapshot, filter);
      case Reply.Farewell(var lastWord) -> {
        if (lastWord != null) {
          sendLine(lastWord);
        }
        outbox.closeAfterwards();
      }
    }
  }

  private void sendLine(DaemonMessage message) {
    if (message instanceof Failed(_, var code) && code != null) {
      services.gauges.failed(code);
    }
    outbox.send(DaemonMessageWriter.line(message));
  }

  /** Brings a subscriber up to date that has lost events. */
  private void catchUp() {
    var lagging = subscription.startsCatchingUp();
    if (lagging != null) {
      intake.submit(
          new TakeSnapshot(),
          outcome ->
              lane.deliver(() -> {
                if (outcome instanceof Listed(var snapshot)) {
                  subscription.catchUp(lagging, snapshot);
                }
              }));
    }
  }

  /** Reads on only while what was read can be answered. */
  private void paceReading() {
    var mayRead =
        replies.open() < limits.requests()
            && outbox.waitingReplies() < limits.requests()
            && !intake.isBehind()
            && (services.servesHalfClosed || replies.open() == 0);
    if (channel.config().isAutoRead() != mayRead) {
      channel.config().setAutoRead(mayRead);
    }
    leaveIfDone();
  }

  private void leaveIfDone() {
    if (inputEnded && replies.open() == 0 && !intake.isBehind()) {
      outbox.closeAfterwards();
    }
  }

  private void expectGreeting() {
    if (!conversation.isGreeted() && !parted) {
      part(
          Failed.of(
              ErrorCode.HANDSHAKE_TIMEOUT,
              "no connect message within " + limits.handshake().toSeconds() + " s"));
    }
  }

  private void dropStalledFrame(ChannelHandlerContext ctx) {
    var frames = ctx.pipeline().get(LineFrameDecoder.class);
    if (frames != null && frames.isInsideLine() && !parted) {
      part(
          Failed.of(
              ErrorCode.STALLED_FRAME,
              "an unfinished line stood still for " + limits.stalledFrame().toSeconds() + " s"));
    }
  }

  private void forgetGreetingDeadline() {
    if (greetingDeadline != null) {
      greetingDeadline.cancel(false);
      greetingDeadline = null;
    }
  }

  private void closeStalled() {
    var seconds = limits.stalledSubscriber().toSeconds();
    LOG.log(INFO, "closing a connection that has read nothing for {0} s", seconds);
    services.gauges.failed(ErrorCode.STALLED_SUBSCRIBER.tag());
    var _ = channel.close();
  }

  /** What the outbox has to tell. */
  private final class OutboxOwner implements Outbox.Owner {
    @Override
    public void collapsed(int events) {
      services.gauges.collapsed(events);
    }

    @Override
    public void overflowed(int events) {
      services.gauges.overflowed(events);
      subscription.lag();
    }

    @Override
    public void blocked() {
      stallWatch.start();
    }

    @Override
    public void drained() {
      paceReading();
      catchUp();
    }
  }
}
