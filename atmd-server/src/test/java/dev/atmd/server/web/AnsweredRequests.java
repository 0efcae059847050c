package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryLimits;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.metrics.DaemonMetrics;
import dev.atmd.server.process.ProcFs;
import dev.atmd.server.store.Durability;
import dev.atmd.server.store.Historian;
import dev.atmd.server.web.WebServer.Services;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Requests to a dashboard and what it answers, without sockets, for tests of it. */
abstract class AnsweredRequests {
  private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3}) ");
  static final int PORT = 7_717;
  static final String HOST = "127.0.0.1:7717";

  final WebKeys keys = new WebKeys(Tokens.fresh(), Tokens.fresh());
  final Passes passes = new Passes(keys, PORT, false);
  final Logins logins = new Logins();
  final Semaphore streams = new Semaphore(1);
  final List<SubscribeRequest> subscribed = new ArrayList<>();
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  final DaemonMetrics metrics = new DaemonMetrics(InstantSource.system());
  Gate.Visitor visitor = Gate.Visitor.OWN;
  Instant now = Instant.parse("2026-11-21T08:00:00Z");

  /** What has been written and nobody has read is given back. */
  @AfterEach
  void releaseChannels() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  int health(String cookie) {
    return status(get("/api/health", "Host: " + HOST, cookie));
  }

  String cookie() {
    return "Cookie: other=1; " + passes.issue(now).split(";", 2)[0];
  }

  static String login(String body, String type) {
    return request("POST /api/login", body, "Host: " + HOST, "Content-Type: " + type);
  }

  static String get(String path, String... headers) {
    return request("GET " + path, "", headers);
  }

  static String request(String line, String body, String... headers) {
    return line
        + " HTTP/1.1\r\n"
        + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
        + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
        + "\r\n"
        + body;
  }

  int status(String request) {
    var answer = answer(request);
    var status = STATUS.matcher(answer);
    assertThat(status.lookingAt()).as(answer).isTrue();
    return Integer.parseInt(status.group(1));
  }

  String answer(String request) {
    var channel = channel(false);
    write(channel, request);
    return read(channel);
  }

  EmbeddedChannel channel(boolean isRedacted) {
    var limits =
        new RegistryLimits(10, 100, 1_000_000, Duration.ofHours(1), Duration.ofHours(1), 10, 10, 0);
    var registry =
        new Registry(
            new SessionTable(limits, new ProcFs()),
            () -> now,
            new NoSink(),
            1_000,
            metrics.registry());
    var historian = new Historian(null, Durability.NONE, () -> now);
    var channel = new EmbeddedChannel();
    channels.add(channel);
    var handler =
        WebPipeline.install(
            channel,
            new Services(
                new Gate(passes, keys, List.of("box.example")),
                passes,
                logins,
                Assets.load(),
                new Questions(registry, historian, isRedacted),
                (_, request) -> subscribed.add(request),
                streams,
                metrics.web(),
                () -> now,
                isRedacted));
    handler.isOf(visitor);
    return channel;
  }

  static void write(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  static String read(EmbeddedChannel channel) {
    channel.runPendingTasks();
    var text = new StringBuilder();
    for (@Nullable ByteBuf part = channel.readOutbound(); part != null; ) {
      text.append(part.toString(StandardCharsets.UTF_8));
      part.release();
      part = channel.readOutbound();
    }
    return text.toString();
  }

  private static final class NoSink implements EventSink {
    @Override
    public void accept(SessionEvent event) {}

    @Override
    public void endOfBatch() {}
  }
}
