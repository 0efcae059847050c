package dev.atmd.server.streams;

import dev.atmd.core.session.Harness;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.net.Transport;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Codex's app-server: WebSocket frames over a Unix socket (harnesses §2). Immutable. */
final class CodexSource implements Source {
  /** What is asked of a socket that has no host; the server looks at neither part. */
  private static final String URL = "ws://localhost/";

  /** The answer to the upgrade has no body to speak of. */
  private static final int HANDSHAKE_BYTES = 64 * 1024;

  private final Path socket;
  private final Transport transport;
  private final DaemonConfig.Streams settings;

  CodexSource(Path socket, Transport transport, DaemonConfig.Streams settings) {
    this.socket = socket;
    this.transport = transport;
    this.settings = settings;
  }

  @Override
  public Harness harness() {
    return Harness.CODEX;
  }

  @Override
  public String place() {
    return socket.toString();
  }

  @Override
  public CompletableFuture<Target> find() {
    return CompletableFuture.completedFuture(
        new Target(transport.domainChannel(), transport.address(socket), this::install));
  }

  private void install(ChannelPipeline pipeline, Link link) {
    pipeline
        .addLast(new IdleStateHandler(settings.silence().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
        .addLast(new HttpClientCodec())
        .addLast(new HttpObjectAggregator(HANDSHAKE_BYTES))
        .addLast(
            new WebSocketClientProtocolHandler(
                WebSocketClientProtocolConfig.newBuilder()
                    .webSocketUri(URL)
                    // The server refuses whatever might come from a browser.
                    .generateOriginHeader(false)
                    .handshakeTimeoutMillis(settings.answer().toMillis())
                    .maxFramePayloadLength(settings.messageBytes())
                    .dropPongFrames(true)
                    .build()))
        .addLast(new WebSocketFrameAggregator(settings.messageBytes()))
        .addLast(new CodexHandler(link, new CodexTalk()));
  }
}
