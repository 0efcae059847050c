package dev.atmd.server.streams;

import dev.atmd.protocol.json.AgentEventLine;
import dev.atmd.server.streams.CodexTalk.Step;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.List;

/** Carries out what the talk with Codex's app-server decides. One per connection, on its loop. */
final class CodexHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final AgentEventLine BESIDE =
      new AgentEventLine("codex", null, null, null, null, null);

  private final Link link;
  private final CodexTalk talk;

  CodexHandler(Link link, CodexTalk talk) {
    this.link = link;
    this.talk = talk;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof TextWebSocketFrame) {
      carryOut(ctx, talk.on(ByteBufUtil.getBytes(frame.content())));
    } else {
      link.skipped("a frame that holds no text");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case ClientHandshakeStateEvent state
          when state == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE ->
          carryOut(ctx, talk.begin());
      case ClientHandshakeStateEvent state
          when state == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT ->
          link.close("it does not answer");
      case IdleStateEvent idle when idle.isFirst() -> send(ctx, new PingWebSocketFrame());
      case IdleStateEvent _ -> link.close("it says nothing, not even that it lives");
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  private void carryOut(ChannelHandlerContext ctx, List<Step> steps) {
    for (var step : steps) {
      switch (step) {
        case Step.Send(var text) -> send(ctx, new TextWebSocketFrame(text));
        case Step.Open _ -> link.opened();
        case Step.Report(var payload) -> link.event(BESIDE, payload);
        case Step.Skip(var why) -> link.skipped(why);
        case Step.GiveUp(var why) -> link.close(why);
      }
    }
  }

  private static void send(ChannelHandlerContext ctx, WebSocketFrame frame) {
    var _ = ctx.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }
}
