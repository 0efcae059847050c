package dev.atmd.server.net;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Outcome.Listed;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Refusal;
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
import dev.atmd.server.broadcast.Subscriber;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.CompletableFuture;
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
  private @Nullable Subscriber subscriber;

  /** Whether this connection holds one of the places for subscribers. */
  private boolean joined;

  private boolean parted;
  private boolean inputEnded;
  private boolean stallWatched;

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
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    services.gauges.opened();
    var millis = limits.handshake().toMillis();
    var _ = ctx.executor().schedule(this::expectGreeting, millis, TimeUnit.MILLISECONDS);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    services.gauges.closed();
    parted = true;
    unsubscribe();
    ctx.fireChannelInactive();
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
        unsubscribe();
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
      case Step.Unsubscribe _ -> unsubscribe();
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
    slot.fill(outcome instanceof Refused(var refusal) ? refused(refusal) : null);
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
                    case Refused(var refusal) -> refused(refusal);
                    default -> throw new IllegalStateException("not a list: " + outcome);
                  });
              paceReading();
            }));
  }

  private void subscribe(SessionFilter filter) {
    if (!joined && !services.broadcaster.join()) {
      var max = services.broadcaster.maxSubscribers();
      answer(
          Failed.of(
              ErrorCode.TOO_MANY_SUBSCRIBERS, "Too many subscribers (max: %d)".formatted(max)));
      return;
    }
    joined = true;
    takeSnapshot(replies.reserve(), snapshot -> new Reply.Opening(snapshot, filter));
  }

  private void unsubscribe() {
    if (subscriber != null) {
      lane.remove(subscriber);
      outbox.dropEvents();
      subscriber = null;
    }
    if (joined) {
      joined = false;
      services.broadcaster.leave();
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
    unsubscribe();
    replies.add(new Reply.Farewell(lastWord));
  }

  private static Reply refused(Refusal refusal) {
    return new Reply.Line(
        switch (refusal) {
          case Refusal.Full(var max) ->
              Failed.of(
                  ErrorCode.REGISTRY_FULL,
                  "Registry error: registry is full (max: " + max + " sessions)");
          case Refusal.Internal _ ->
              Failed.of(ErrorCode.INTERNAL, "Registry error: internal error, see the daemon's log");
          case Refusal.Closed _ ->
              Failed.of(ErrorCode.SHUTTING_DOWN, "Registry error: the daemon is shutting down");
        });
  }

  /** Sends a reply whose turn has come. */
  private void send(Reply reply) {
    switch (reply) {
      case Reply.Line(var message) -> sendLine(message);
      case Reply.Listing(var snapshot) -> outbox.send(lane.list(snapshot, SessionFilter.ALL));
      case Reply.Opening(var snapshot, var filter) -> open(snapshot, filter);
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

  private void open(Snapshot snapshot, SessionFilter filter) {
    if (!joined) {
      outbox.send(lane.list(snapshot, filter));
      return;
    }
    if (subscriber != null) {
      lane.remove(subscriber);
    }
    outbox.dropEvents();
    subscriber = lane.subscriber(outbox, filter);
    outbox.send(lane.list(snapshot, filter));
    lane.begin(subscriber, snapshot);
  }

  /** Brings a subscriber up to date that has lost frames. */
  private void resynchronise(Subscriber lagging) {
    intake.submit(
        new TakeSnapshot(),
        outcome ->
            lane.deliver(() -> {
              if (subscriber == lagging && outcome instanceof Listed(var snapshot)) {
                open(snapshot, lagging.filter());
              }
            }));
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

  private void watchStall() {
    if (!stallWatched) {
      stallWatched = true;
      scheduleStallCheck(limits.stalledSubscriber().toNanos());
    }
  }

  private void scheduleStallCheck(long nanos) {
    var _ = channel.eventLoop().schedule(this::checkStall, nanos, TimeUnit.NANOSECONDS);
  }

  private void checkStall() {
    var limit = limits.stalledSubscriber().toNanos();
    var stalled = outbox.stalledNanos();
    if (outbox.isIdle() || !channel.isActive()) {
      stallWatched = false;
    } else if (stalled < limit) {
      scheduleStallCheck(limit - stalled);
    } else {
      LOG.log(
          INFO,
          "closing a connection that has read nothing for {0} s",
          limits.stalledSubscriber().toSeconds());
      services.gauges.failed(ErrorCode.STALLED_SUBSCRIBER.tag());
      var _ = channel.close();
    }
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
      if (subscriber != null) {
        subscriber.lag();
      }
    }

    @Override
    public void blocked() {
      watchStall();
    }

    @Override
    public void drained() {
      paceReading();
      if (subscriber != null && subscriber.startsCatchingUp()) {
        resynchronise(subscriber);
      }
    }
  }
}
