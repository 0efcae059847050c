package dev.atmd.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Codex's app-server as a client sees it: WebSocket frames over a Unix socket. Thread-safe. */
final class FakeCodex implements AutoCloseable {
  private static final int MAX_BYTES = 1 << 20;

  private final Path socket;
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, String> threads = new ConcurrentHashMap<>();
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final List<Channel> clients = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final boolean answers;

  /** Set by the test, read by the loop. */
  private volatile boolean sawOrigin;

  private FakeCodex(Path socket, boolean answers) {
    this.socket = socket;
    this.answers = answers;
  }

  static FakeCodex at(Path socket) {
    return new FakeCodex(socket, true).listening();
  }

  /** One that accepts connections and never says anything. */
  static FakeCodex silentAt(Path socket) {
    return new FakeCodex(socket, false).listening();
  }

  private FakeCodex listening() {
    var _ =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerDomainSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.incrementAndGet();
                    if (answers) {
                      channel
                          .pipeline()
                          .addLast(new HttpServerCodec())
                          .addLast(new HttpObjectAggregator(MAX_BYTES))
                          .addLast(new WebSocketServerProtocolHandler("/"))
                          .addLast(new Conversation());
                    }
                  }
                })
            .bind(UnixDomainSocketAddress.of(socket))
            .syncUninterruptibly();
    return this;
  }

  /** A thread that is loaded, with a status such as {@code {"type":"idle"}}. */
  FakeCodex with(String thread, String status) {
    threads.put(thread, status);
    return this;
  }

  /** Tells all clients. */
  void send(String message) {
    for (var client : clients) {
      var _ = client.writeAndFlush(new TextWebSocketFrame(message));
    }
  }

  void sendStatus(String thread, String status) {
    send(
        "{\"method\":\"thread/status/changed\",\"params\":{\"threadId\":\"%s\",\"status\":%s}}"
            .formatted(thread, status));
  }

  /** Sends bytes that are no frame. */
  void sendGarbage() {
    for (var client : clients) {
      var bytes = Unpooled.copiedBuffer("\u00ff garbage \n\n", StandardCharsets.ISO_8859_1);
      // Past the handlers that would make a frame of it.
      var _ = client.pipeline().firstContext().writeAndFlush(bytes);
    }
  }

  /** From now on it reads nothing and so answers nothing, as if it were stopped. */
  void hang() {
    clients.forEach(client -> client.config().setAutoRead(false));
  }

  int connections() {
    return connections.get();
  }

  boolean sawOrigin() {
    return sawOrigin;
  }

  /** The methods it was asked, and "answer" for each answer. */
  List<String> received() {
    return received.stream().map(message -> message.path("method").asText("answer")).toList();
  }

  void awaitClient() {
    Waiting.until(
        "somebody has asked for the threads of " + socket,
        () -> {
          return !clients.isEmpty() && received().contains("thread/loaded/list");
        });
  }

  /** Vanishes with its socket. */
  @Override
  public void close() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Conversation extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof HandshakeComplete shaken) {
        sawOrigin |= shaken.requestHeaders().contains("origin");
        clients.add(ctx.channel());
        var _ = ctx.channel().closeFuture().addListener(_ -> clients.remove(ctx.channel()));
      }
      ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
      var message = Wire.parse(frame.text());
      received.add(message);
      var result = resultOf(message);
      if (result != null) {
        var _ =
            ctx.writeAndFlush(
                new TextWebSocketFrame(
                    "{\"id\":" + message.path("id") + ",\"result\":" + result + "}"));
      }
    }

    private @Nullable String resultOf(JsonNode message) {
      return switch (message.path("method").asText()) {
        case "initialize" -> "{\"userAgent\":\"codex\"}";
        case "thread/loaded/list" ->
            "{\"data\":" + Wire.json(List.copyOf(threads.keySet())) + ",\"nextCursor\":null}";
        case "thread/read" -> {
          var id = message.path("params").path("threadId").asText();
          yield "{\"thread\":{\"id\":\"%s\",\"cwd\":\"/nowhere/web\",\"status\":%s,\"turns\":[]}}"
              .formatted(id, threads.get(id));
        }
        default -> null;
      };
    }
  }
}
