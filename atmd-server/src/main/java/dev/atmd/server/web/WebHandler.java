package dev.atmd.server.web;

import static java.lang.System.Logger.Level.DEBUG;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.web.WebGauges.Refusal;
import dev.atmd.server.web.WebServer.Services;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;

/**
 * Takes requests one at a time, lets the {@link Gate} decide, and answers. One per connection, on
 * its event loop.
 */
final class WebHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final System.Logger LOG = System.getLogger(WebHandler.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** After so long a browser that has lost its stream tries again. */
  private static final byte[] RETRY = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Channel channel;
  private final Services services;
  private Gate.Visitor visitor = Gate.Visitor.OWN;
  private boolean isAnswering;
  private boolean keepsAlive;

  WebHandler(Channel channel, Services services) {
    this.channel = channel;
    this.services = services;
  }

  /** Whose the connection is, which is known before it is read. On the event loop. */
  void isOf(Gate.Visitor known) {
    visitor = known;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (isAnswering) {
      // No browser asks before it has been answered.
      services.gauges().webRefused(Refusal.REQUEST);
      var _ = ctx.close();
      return;
    }
    isAnswering = true;
    keepsAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    var route = Route.of(request, services.isRedacted());
    var closed =
        request.decoderResult().isFailure()
            ? null
            : services.gate().closedTo(request, route, visitor, services.clock().instant());
    if (closed != null) {
      services.gauges().webRefused(closed.reason());
      answer(Answers.wrong(closed.status(), closed.text()));
    } else {
      serve(route);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      var _ = ctx.close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.log(DEBUG, () -> "connection failed: " + cause);
    var _ = ctx.close();
  }

  private void serve(Route route) {
    switch (route) {
      case Route.Asset(var path) -> asset(path);
      case Route.Login(var body) -> login(body);
      case Route.Logout _ -> answer(Answers.cookie(services.passes().revoke()));
      case Route.Events(var request) -> stream(request);
      case Route.Explain(var session) -> services.questions().explain(session, this::answerLater);
      case Route.AskHistory(var question) -> services.questions().ask(question, this::answerLater);
      case Route.Health _ ->
          answer(
              Answers.json(
                  HttpResponseStatus.OK,
                  HealthReport.of(
                      services.gauges(), services.isRedacted(), services.clock().instant())));
      case Route.Metrics _ -> answer(Answers.metrics(services.gauges().scrape()));
      case Route.Wrong(var status, var text) -> {
        services.gauges().webRefused(Refusal.REQUEST);
        answer(Answers.wrong(status, text));
      }
    }
  }

  private void asset(String path) {
    var file = services.assets().at(path);
    answer(
        file == null
            ? Answers.wrong(HttpResponseStatus.NOT_FOUND, "no such path")
            : Answers.file(file));
  }

  private void login(String body) {
    var now = services.clock().instant();
    if (services.logins().redeem(token(body), now)) {
      answer(Answers.cookie(services.passes().issue(now)));
    } else {
      services.gauges().webRefused(Refusal.LOGIN);
      answer(
          Answers.wrong(
              HttpResponseStatus.UNAUTHORIZED,
              "this link has been used or is too old: run `atm web` for another"));
    }
  }

  private static String token(String body) {
    try {
      return JSON.readTree(body).path("token").asText("");
    } catch (JsonProcessingException _) {
      return "";
    }
  }

  /** From now on the connection is a stream: nothing it says is HTTP any more. */
  private void stream(SubscribeRequest request) {
    if (!services.streams().tryAcquire()) {
      services.gauges().webRefused(Refusal.STREAMS);
      answer(
          Answers.wrong(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many streams: web.streams"));
      return;
    }
    services.gauges().webStreamOpened();
    var _ =
        channel
            .closeFuture()
            .addListener(_ -> {
              services.streams().release();
              services.gauges().webStreamClosed();
            });
    var pipeline = channel.pipeline();
    var _ = channel.write(Answers.stream());
    pipeline.remove(IdleStateHandler.class);
    pipeline.remove(HttpObjectAggregator.class);
    pipeline.remove(HttpServerCodec.class);
    var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(RETRY));
    pipeline.addLast(new EventStreamEncoder());
    services.feeds().begin(channel, request);
    pipeline.remove(this);
  }

  /** From any thread. */
  private void answerLater(FullHttpResponse response) {
    channel.eventLoop().execute(() -> answer(response));
  }

  private void answer(FullHttpResponse response) {
    isAnswering = false;
    if (keepsAlive) {
      var _ = channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      var _ = channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
