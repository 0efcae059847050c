package dev.atmd.server.streams;

import dev.atmd.core.session.Harness;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.config.LoopbackUrl;
import dev.atmd.server.config.StreamPlaces.OpenCode;
import dev.atmd.server.net.Transport;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * OpenCode's server: server-sent events over HTTP on this machine (harnesses §3). Where only an
 * address is known, the paths of both generations are tried in turn, one per attempt, and the one
 * that works is kept. On one event loop, but for the reading of files.
 */
final class OpenCodeSource implements Source {
  /** The service that writes a service.json is of the second generation. */
  private static final List<String> REGISTERED = List.of("/api/event");

  /**
   * The first generation first: it hands what it does not know on to a server of its maker, and
   * answers with a page.
   */
  private static final List<String> UNKNOWN = List.of("/global/event", "/event", "/api/event");

  private final OpenCode place;
  private final Transport transport;
  private final DaemonConfig.Streams settings;
  private final Executor files;
  private final InstantSource clock;
  private int tried;

  OpenCodeSource(
      OpenCode place,
      Transport transport,
      DaemonConfig.Streams settings,
      Executor files,
      InstantSource clock) {
    this.place = place;
    this.transport = transport;
    this.settings = settings;
    this.files = files;
    this.clock = clock;
  }

  @Override
  public Harness harness() {
    return Harness.OPENCODE;
  }

  @Override
  public String place() {
    return switch (place) {
      case OpenCode.At(var url) -> url.host() + url.path();
      case OpenCode.Registered(var file) -> file.toString();
    };
  }

  @Override
  public CompletableFuture<Target> find() {
    return switch (place) {
      case OpenCode.At(var url) ->
          CompletableFuture.completedFuture(
              target(url, null, url.path().isEmpty() ? UNKNOWN : List.of(url.path())));
      case OpenCode.Registered(var file) -> {
        try {
          yield CompletableFuture.supplyAsync(() -> ServiceFile.read(file), files)
              .thenApply(found -> target(found.url(), found.password(), REGISTERED));
        } catch (RejectedExecutionException e) {
          yield CompletableFuture.failedFuture(e);
        }
      }
    };
  }

  private Target target(LoopbackUrl url, @Nullable String password, List<String> paths) {
    var path = paths.get(tried % paths.size());
    var request = new OpenCodeRequest(url, path, password, settings.answer());
    return new Target(
        transport.tcpChannel(),
        url.address(),
        (pipeline, link) -> install(pipeline, link, request));
  }

  private void install(ChannelPipeline pipeline, Link link, OpenCodeRequest request) {
    pipeline
        .addLast(new IdleStateHandler(settings.silence().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
        .addLast(new HttpClientCodec())
        .addLast(new OpenCodeHandler(link, request, () -> tried++, clock, settings.messageBytes()));
  }
}
