package dev.atmd.server.http;

import static java.lang.System.Logger.Level.DEBUG;

import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.http.HttpFraming.Services;
import dev.atmd.server.http.Request.Report;
import dev.atmd.server.http.Request.Wrong;
import dev.atmd.server.net.ConnectionLimits;
import dev.atmd.server.net.Intake;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests and answers them, in their order. One per connection, on its event loop.
 *
 * <pre>
 * head          right: its body is collected          wrong: its body is skipped
 * end of body   the event is handed on, "204"         the error
 * not HTTP      "400", and the connection is closed
 * </pre>
 */
final class HttpHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final System.Logger LOG = System.getLogger(HttpHandler.class.getName());

  private final Channel channel;
  private final Services services;
  private final ConnectionLimits limits;
  private final RequestDecoder decoder;
  private final Body body;
  private final Intake intake;
  private final Deque<Exchange> open = new ArrayDeque<>();
  private @Nullable Future<?> greetingDeadline;
  private @Nullable Request request;
  private boolean keepsAlive;
  private boolean parted;

  HttpHandler(
      Channel channel,
      Services services,
      ConnectionLimits limits,
      RequestDecoder decoder,
      Body body) {
    this.channel = channel;
    this.services = services;
    this.limits = limits;
    this.decoder = decoder;
    this.body = body;
    this.intake = new Intake(services.registry(), channel.eventLoop(), this::paceReading);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    var millis = limits.handshake().toMillis();
    greetingDeadline =
        channel.eventLoop().schedule(this::expectRequest, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    services.gauges().closed();
    parted = true;
    forgetGreetingDeadline();
    body.clear();
    open.clear();
    ctx.fireChannelInactive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (parted) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      var cause = part.decoderResult().cause();
      part(HttpResponseStatus.BAD_REQUEST, ErrorCode.MALFORMED, "not HTTP/1.1: " + said(cause));
      return;
    }
    if (part instanceof HttpRequest head) {
      begin(head);
    }
    if (part instanceof HttpContent content && request instanceof Report) {
      body.add(content.content());
    }
    if (part instanceof LastHttpContent && request != null) {
      end(request);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    paceReading();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case ChannelInputShutdownReadComplete _ -> {
        parted = true;
        leaveIfDone();
      }
      case IdleStateEvent _ -> dropStalled();
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.log(DEBUG, () -> "connection failed: " + cause);
    var _ = ctx.close();
  }

  private void begin(HttpRequest head) {
    forgetGreetingDeadline();
    // A client that asks with HEAD does not expect the text that follows an error.
    keepsAlive = HttpUtil.isKeepAlive(head) && !head.method().equals(HttpMethod.HEAD);
    body.clear();
    request = Request.of(head);
    if (request instanceof Report && HttpUtil.getContentLength(head, 0L) > limits.frameBytes()) {
      body.skip();
    }
    if (HttpUtil.is100ContinueExpected(head)) {
      if (request instanceof Report && !body.isTooLarge()) {
        var _ = channel.writeAndFlush(Answers.goOn());
      } else {
        // The body does not come now, or it comes all the same: who knows where the next begins.
        keepsAlive = false;
        end(request);
      }
    }
  }

  private void end(Request whole) {
    request = null;
    var exchange = new Exchange(keepsAlive);
    open.addLast(exchange);
    switch (whole) {
      case Wrong(var status, var code, var text) -> refuse(exchange, status, code, text);
      case Report _ when body.isTooLarge() ->
          refuse(
              exchange,
              HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
              ErrorCode.FRAME_TOO_LARGE,
              "the body was skipped; expected at most " + limits.frameBytes() + " bytes");
      case Report report ->
          new EventReport(services, intake, channel.eventLoop(), new Answering(exchange))
              .submit(report, body.bytes(), body.length());
    }
    body.clear();
    paceReading();
  }

  private void refuse(Exchange exchange, HttpResponseStatus status, ErrorCode code, String text) {
    services.gauges().failed(code.tag());
    answer(exchange, Answers.wrong(status, text));
  }

  /** The last thing on this connection. */
  private void part(HttpResponseStatus status, ErrorCode code, String text) {
    parted = true;
    var exchange = new Exchange(false);
    open.addLast(exchange);
    refuse(exchange, status, code, text);
  }

  private void answer(Exchange exchange, FullHttpResponse answer) {
    exchange.answer = answer;
    for (var first = open.peekFirst(); first != null && first.answer != null; ) {
      open.removeFirst();
      send(first.answer, first.keepsAlive);
      first = open.peekFirst();
    }
    paceReading();
  }

  private void send(FullHttpResponse answer, boolean goesOn) {
    if (goesOn) {
      var _ = channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      parted = true;
      var _ = channel.writeAndFlush(Answers.last(answer)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Reads on only while what was read can be handed on and answered. */
  private void paceReading() {
    var mayRead = channel.isWritable() && !intake.isBehind() && open.size() < limits.requests();
    if (channel.config().isAutoRead() != mayRead) {
      channel.config().setAutoRead(mayRead);
    }
    leaveIfDone();
  }

  private void leaveIfDone() {
    if (parted && open.isEmpty() && !intake.isBehind() && channel.isActive()) {
      var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void expectRequest() {
    if (!parted) {
      part(
          HttpResponseStatus.REQUEST_TIMEOUT,
          ErrorCode.HANDSHAKE_TIMEOUT,
          "no request within " + limits.handshake().toSeconds() + " s");
    }
  }

  private void dropStalled() {
    if (!channel.isWritable()) {
      services.gauges().failed(ErrorCode.STALLED_SUBSCRIBER.tag());
      var _ = channel.close();
    } else if (decoder.isInsideRequest() && !parted) {
      part(
          HttpResponseStatus.REQUEST_TIMEOUT,
          ErrorCode.STALLED_FRAME,
          "an unfinished request stood still for " + limits.stalledFrame().toSeconds() + " s");
    }
  }

  private void forgetGreetingDeadline() {
    if (greetingDeadline != null) {
      greetingDeadline.cancel(false);
      greetingDeadline = null;
    }
  }

  private static String said(Throwable cause) {
    var text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return text.length() <= 100 ? text : text.substring(0, 100);
  }

  /** Lets an event be answered, now or later, on the event loop. */
  private final class Answering implements EventReport.Answerer {
    private final Exchange exchange;

    Answering(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void done() {
      answer(exchange, Answers.done());
    }

    @Override
    public void wrong(HttpResponseStatus status, ErrorCode code, String text) {
      refuse(exchange, status, code, text);
    }
  }
}
