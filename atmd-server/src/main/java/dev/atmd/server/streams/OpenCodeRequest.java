package dev.atmd.server.streams;

import dev.atmd.server.config.LoopbackUrl;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What OpenCode's server is asked for its events with.
 *
 * @param password null where it wants none
 */
record OpenCodeRequest(LoopbackUrl url, String path, @Nullable String password, Duration answer) {
  private static final String USER = "opencode:";

  FullHttpRequest message() {
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    var headers = request.headers();
    headers.set(HttpHeaderNames.HOST, url.host());
    headers.set(HttpHeaderNames.ACCEPT, "text/event-stream");
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    if (password != null) {
      var named = (USER + password).getBytes(StandardCharsets.UTF_8);
      var encoded = Base64.getEncoder().encodeToString(named);
      headers.set(HttpHeaderNames.AUTHORIZATION, "Basic " + encoded);
    }
    return request;
  }

  /**
   * Sends the request on a second connection beside {@code stream}, which is closed when it has
   * been answered.
   *
   * @param answered runs on the event loop of the stream
   */
  void probe(Channel stream, Runnable answered) {
    var millis = (int) Math.min(answer.toMillis(), 3_600_000);
    var _ =
        new Bootstrap()
            .group(stream.eventLoop())
            .channel(stream.getClass())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new ReadTimeoutHandler(millis, TimeUnit.MILLISECONDS))
                        .addLast(new HttpClientCodec())
                        .addLast(new Probe(message(), answered));
                  }
                })
            .connect(url.address());
  }

  /** Wants to know only whether there is an answer. */
  private static final class Probe extends SimpleChannelInboundHandler<HttpObject> {
    private final FullHttpRequest message;
    private final Runnable answered;

    Probe(FullHttpRequest message, Runnable answered) {
      this.message = message;
      this.answered = answered;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      var _ = ctx.writeAndFlush(message);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
      if (part instanceof HttpResponse) {
        answered.run();
        var _ = ctx.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      var _ = ctx.close();
    }
  }
}
