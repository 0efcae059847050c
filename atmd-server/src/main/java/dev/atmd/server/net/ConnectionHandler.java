package dev.atmd.server.net;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Outcome.Listed;
import dev.atmd.core.registry.Outcome.Missed;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.core.registry.RegistryCommand.Explain;
import dev.atmd.core.registry.RegistryCommand.Resume;
import dev.atmd.core.registry.RegistryCommand.TakeSnapshot;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.frame.LineFrameDecoder;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Receipt;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Acknowledged;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.Lane;
import dev.atmd.server.broadcast.Outbox;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.CompletableFuture;
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
  private final Listings listings;
  private final Deadline greeting = new Deadline(this::expectGreeting);
  private boolean parted;
  private boolean inputEnded;

  /** What all connections share. */
  record Services(
      Registry registry,
      Broadcaster broadcaster,
      Reports reports,
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
    this.outbox = new Outbox(channel, services.broadcaster.budget(), new OutboxOwner());
    this.intake = new Intake(services.registry, channel.eventLoop(), this::paceReading);
    this.listings = new Listings(outbox, intake, this::deliver);
    this.subscription = new Subscription(services.broadcaster, lane, outbox);
    this.stallWatch =
        new StallWatch(channel, outbox, limits.stalledSubscriber(), this::closeStalled);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    services.gauges.opened();
    greeting.start(channel.eventLoop(), limits.handshake());
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    services.gauges.closed();
    parted = true;
    greeting.callOff();
    subscription.end();
    ctx.fireChannelInactive();
  }

  /** Also when the connection turns out to speak another protocol. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    greeting.callOff();
    stallWatch.end();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ClientLine line) {
    if (parted) {
      return;
    }
    var step = conversation.on(line);
    if (line instanceof Understood(_, var message, _)) {
      services.gauges.understood(message, !step.isRefusal());
    }
    var receipt = line instanceof Understood(_, _, var wanted) ? wanted : null;
    if (conversation.isGreeted()) {
      greeting.callOff();
    }
    carryOut(step, receipt);
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

  private void carryOut(Step step, @Nullable Receipt receipt) {
    switch (step) {
      case Step.Stay _ -> acknowledge(receipt);
      case Step.Answer(var message) -> answer(message);
      case Step.Part(var lastWord) -> part(lastWord);
      case Step.ApplyStatus(var update) -> report(services.reports.command(update), receipt);
      case Step.ApplyLifecycle(var update) -> report(services.reports.command(update), receipt);
      case Step.Explain(var id) -> explain(id);
      case Step.ListSessions _ -> replies.defer(this::list);
      case Step.Subscribe(var request) -> subscribe(request);
      case Step.Unsubscribe _ -> subscription.end();
      case Step.Discover _ -> discover();
      case Step.ReadMetrics _ -> answer(new Metrics(services.gauges.scrape()));
    }
  }

  private void report(CompletableFuture<RegistryCommand> command, @Nullable Receipt receipt) {
    var slot = replies.reserve();
    var readAt = System.nanoTime();
    intake.submit(
        command,
        found -> found,
        outcome -> deliver(() -> reported(outcome, slot, receipt, readAt)));
  }

  private void reported(
      Outcome outcome, Replies<Reply>.Slot slot, @Nullable Receipt receipt, long readAt) {
    services.gauges.applied(System.nanoTime() - readAt);
    slot.fill(
        outcome instanceof Refused(var refusal)
            ? Reply.of(refusal)
            : receipt == null ? null : new Reply.Line(new Acknowledged(receipt.id())));
    paceReading();
  }

  /** There was nothing to apply. */
  private void acknowledge(@Nullable Receipt receipt) {
    if (receipt != null) {
      answer(new Acknowledged(receipt.id()));
    }
  }

  private void explain(SessionId id) {
    var slot = replies.reserve();
    intake.submit(
        new Explain(id),
        outcome ->
            deliver(() -> {
              slot.fill(Reply.explaining(id, outcome));
              paceReading();
            }));
  }

  private void list(Replies<Reply>.Slot slot) {
    listings.take(
        new TakeSnapshot(),
        outcome -> {
          slot.fill(
              switch (outcome) {
                case Listed(var snapshot) -> new Reply.Listing(snapshot);
                case Refused(var refusal) -> Reply.of(refusal);
                default -> throw new IllegalStateException("not a list: " + outcome);
              });
          paceReading();
        });
  }

  private void open(Replies<Reply>.Slot slot, SubscribeRequest request) {
    var known = request.since();
    listings.take(
        known != null && services.broadcaster.isOfThisRun(known)
            ? new Resume(known.seq())
            : new TakeSnapshot(),
        outcome -> {
          slot.fill(
              switch (outcome) {
                case Listed(var snapshot) -> new Reply.Opening(snapshot, request);
                case Missed missed -> new Reply.Resuming(missed, request);
                case Refused(var refusal) -> Reply.of(refusal);
                default -> throw new IllegalStateException("not a beginning: " + outcome);
              });
          paceReading();
        });
  }

  private void subscribe(SubscribeRequest request) {
    if (subscription.join(request.detail())) {
      replies.defer(slot -> open(slot, request));
    } else {
      var max = services.broadcaster.maxSubscribers();
      answer(
          Failed.of(
              ErrorCode.TOO_MANY_SUBSCRIBERS, "Too many subscribers (max: %d)".formatted(max)));
    }
  }

  /** Begins when all before it is done, and all after it waits for it (atm-protocol §5.10). */
  private void discover() {
    replies.defer(slot -> {
      var _ =
          services
              .finder
              .discover()
              .thenAcceptAsync(found -> discovered(found, slot), channel.eventLoop());
    });
  }

  private void discovered(DiscoveryComplete found, Replies<Reply>.Slot slot) {
    slot.fill(new Reply.Line(found));
    paceReading();
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
      case Reply.Listing(var snapshot) -> sendList(snapshot);
      case Reply.Opening(var snapshot, var request) ->
          subscription.open(snapshot, request, conversation.isExtended());
      case Reply.Resuming(var missed, var request) -> {
        services.gauges.resumed();
        subscription.resume(missed, request, conversation.isExtended());
      }
      case Reply.Farewell(var lastWord) -> {
        if (lastWord != null) {
          sendLine(lastWord);
        }
        outbox.closeAfterwards();
      }
    }
  }

  private void sendList(Snapshot snapshot) {
    outbox.send(lane.list(snapshot, SessionFilter.ALL, Detail.FULL));
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
      listings.takeNow(
          new TakeSnapshot(),
          outcome -> {
            if (outcome instanceof Listed(var snapshot)) {
              subscription.catchUp(lagging, snapshot, conversation.isExtended());
            } else {
              fail("cannot bring a subscriber up to date: " + outcome);
            }
          });
    }
  }

  /** Runs this on the event loop of the connection. A bug in it costs this connection only. */
  private void deliver(Runnable answer) {
    lane.deliver(() -> {
      try {
        answer.run();
      } catch (RuntimeException bug) {
        LOG.log(ERROR, "failed at answering", bug);
        fail("failed at answering");
      }
    });
  }

  /** Nothing that follows could be right: who reconnects begins anew. */
  private void fail(String why) {
    LOG.log(INFO, "closing a connection: {0}", why);
    services.gauges.failed(ErrorCode.INTERNAL.tag());
    var _ = channel.close();
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
      subscription.replaced(events);
    }

    @Override
    public void overflowed(int events) {
      services.gauges.overflowed(events);
      subscription.dropped(events);
    }

    @Override
    public void blocked() {
      stallWatch.start();
    }

    @Override
    public void drained() {
      listings.drained();
      paceReading();
      catchUp();
    }
  }
}
