package dev.atmd.server.net;

import static java.lang.System.Logger.Level.DEBUG;

import dev.atmd.core.registry.Registry;
import dev.atmd.protocol.frame.LineFrameDecoder;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Receipt;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.store.Durability;
import dev.atmd.server.store.Historian;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.timeout.IdleStateEvent;
import org.jspecify.annotations.Nullable;

/** Carries out what the conversation decides. One per connection, on its event loop. */
final class ConnectionHandler extends SimpleChannelInboundHandler<ClientLine> {
  private static final System.Logger LOG = System.getLogger(ConnectionHandler.class.getName());

  private final Channel channel;
  private final Services services;
  private final ConnectionLimits limits;
  private final Conversation conversation;
  private final Answering answering;
  private final Requests requests;
  private final Replies<Reply> replies;
  private final Deadline greeting = new Deadline(this::expectGreeting);

  /** What is being read; null between two reads. */
  private @Nullable Burst burst;

  private boolean parted;
  private boolean inputEnded;

  /** What all connections share. */
  record Services(
      Registry registry,
      Broadcaster broadcaster,
      Durability durability,
      Historian historian,
      Notices notices,
      Reports reports,
      Finder finder,
      DashboardPlace dashboard,
      ConnectionGauges gauges,
      boolean servesHalfClosed) {}

  ConnectionHandler(
      Channel channel, Services services, ConnectionLimits limits, Conversation conversation) {
    this.channel = channel;
    this.services = services;
    this.limits = limits;
    this.conversation = conversation;
    this.answering =
        new Answering(channel, services, limits, conversation::isExtended, this::paceReading);
    this.requests = answering.requests();
    this.replies = answering.replies();
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
    answering.subscription().end();
    ctx.fireChannelInactive();
  }

  /** Also when the connection turns out to speak another protocol. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    greeting.callOff();
    answering.end();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ClientLine line) {
    if (parted) {
      return;
    }
    var step = conversation.on(line);
    var read = burst;
    if (read == null) {
      read = new Burst(services.gauges);
      burst = read;
    }
    if (line instanceof Understood(_, var message, _)) {
      read.understood(message, !step.isRefusal());
    }
    var receipt = line instanceof Understood(_, _, var wanted) ? wanted : null;
    if (conversation.isGreeted()) {
      greeting.callOff();
    }
    carryOut(step, read, receipt);
    paceReading();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (burst != null) {
      burst.end();
      burst = null;
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    answering.outbox().pump();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case ChannelInputShutdownReadComplete _ -> {
        inputEnded = true;
        answering.subscription().end();
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

  private void carryOut(Step step, Burst read, @Nullable Receipt receipt) {
    switch (step) {
      case Step.Stay _ -> requests.acknowledge(receipt);
      case Step.Answer(var message) -> answer(message);
      case Step.Part(var lastWord) -> part(lastWord);
      case Step.ApplyStatus(var update) ->
          requests.report(services.reports.command(update), read, receipt);
      case Step.ApplyLifecycle(var update) ->
          requests.report(services.reports.command(update), read, receipt);
      case Step.Explain(var id) -> requests.explain(id);
      case Step.ListSessions(var detail) -> requests.list(detail);
      case Step.Subscribe(var request) -> requests.subscribe(request);
      case Step.Unsubscribe _ -> answering.subscription().end();
      case Step.Discover _ -> discover();
      case Step.AskHistory(var question) -> requests.ask(question);
      case Step.ReadNotices _ -> answer(services.notices.latest());
      case Step.TestNotices _ -> requests.testNotices();
      case Step.ReadMetrics _ -> answer(new Metrics(services.gauges.scrape()));
      case Step.OpenWeb _ -> answer(services.dashboard.where());
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
    answering.subscription().end();
    replies.add(new Reply.Farewell(lastWord));
  }

  /** Reads on only while what was read can be answered. */
  private void paceReading() {
    var mayRead = !answering.isBehind() && (services.servesHalfClosed || replies.open() == 0);
    if (channel.config().isAutoRead() != mayRead) {
      channel.config().setAutoRead(mayRead);
    }
    leaveIfDone();
  }

  private void leaveIfDone() {
    if (inputEnded && answering.isDone()) {
      answering.outbox().closeAfterwards();
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
}
