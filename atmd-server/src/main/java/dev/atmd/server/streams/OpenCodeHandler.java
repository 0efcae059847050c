package dev.atmd.server.streams;

import dev.atmd.server.streams.OpenCodeMessage.Aside;
import dev.atmd.server.streams.OpenCodeMessage.Bad;
import dev.atmd.server.streams.OpenCodeMessage.Event;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Instant;
import java.time.InstantSource;

/** Asks OpenCode's server for its events and reads them. One per connection, on its loop. */
final class OpenCodeHandler extends SimpleChannelInboundHandler<HttpObject>
    implements EventStreamParser.Events {
  private final Link link;
  private final OpenCodeRequest request;
  private final Runnable noStream;
  private final InstantSource clock;
  private final EventStreamParser parser;
  private Instant askedAt = Instant.MAX;
  private boolean isStream;
  private boolean wasHeard;

  /**
   * @param noStream is told that there is no stream under this path
   */
  OpenCodeHandler(
      Link link, OpenCodeRequest request, Runnable noStream, InstantSource clock, int maxBytes) {
    this.link = link;
    this.request = request;
    this.noStream = noStream;
    this.clock = clock;
    this.parser = new EventStreamParser(maxBytes, this);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    // Milliseconds are as exact as the times of events.
    askedAt = Instant.ofEpochMilli(clock.millis());
    var _ =
        ctx.writeAndFlush(request.message()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    ctx.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      link.close("it does not speak HTTP/1.1");
      return;
    }
    if (part instanceof HttpResponse head) {
      answered(head);
    }
    if (isStream && part instanceof HttpContent piece) {
      wasHeard = true;
      parser.read(piece.content());
    }
    if (part instanceof LastHttpContent) {
      link.close("it ended the stream");
    }
  }

  private void answered(HttpResponse head) {
    var status = head.status();
    var type = head.headers().get("content-type", "");
    if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
      link.close("it wants a password: name its service.json in streams.opencode");
    } else if (status.code() == 200 && type.startsWith("text/event-stream")) {
      isStream = true;
      link.opened();
    } else {
      noStream.run();
      link.close("no stream of events at " + request.path() + " (" + status.code() + ")");
    }
  }

  @Override
  public void event(byte[] data) {
    switch (OpenCodeMessage.read(data, askedAt)) {
      case Event(var beside, var payload) -> link.event(beside, payload);
      case Aside() -> {}
      case Bad(var why) -> link.skipped(why);
    }
  }

  @Override
  public void tooLong() {
    link.skipped("a message that is too long");
  }

  /** A stream may be silent because nothing happens: whoever answers a second request lives. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof IdleStateEvent idle)) {
      ctx.fireUserEventTriggered(event);
    } else if (idle.isFirst() || wasHeard) {
      wasHeard = false;
      request.probe(ctx.channel(), () -> wasHeard = true);
    } else {
      link.close("it says nothing, and answers nobody");
    }
  }
}
