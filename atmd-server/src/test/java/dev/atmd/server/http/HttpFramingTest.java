package dev.atmd.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryLimits;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.protocol.frame.FrameBudget;
import dev.atmd.server.broadcast.OutboxBudget;
import dev.atmd.server.metrics.DaemonMetrics;
import dev.atmd.server.net.ConnectionLimits;
import dev.atmd.server.net.Places;
import dev.atmd.server.process.ProcFs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said on one connection, without sockets; what is taken in waits in the mailbox. */
class HttpFramingTest {
  private static final String EVENT = "{\"session_id\":\"s\",\"hook_event_name\":\"Stop\"}";
  private static final String PATH = "/v1/agents/claude/events";
  private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";
  private static final int MAX_BYTES = 1_024;

  private final FrameBudget budget = new FrameBudget(4 * MAX_BYTES);
  private final DaemonMetrics metrics = new DaemonMetrics(InstantSource.system());
  private final Registry registry =
      new Registry(
          new SessionTable(
              new RegistryLimits(
                  10, 100, 1_000_000, Duration.ofHours(1), Duration.ofHours(1), 10, 10, 0),
              new ProcFs()),
          InstantSource.fixed(Instant.EPOCH),
          new NoSink(),
          1_000,
          metrics.registry());

  private EmbeddedChannel channel() {
    var second = Duration.ofSeconds(1);
    var outbox = new OutboxBudget.Limits(10, MAX_BYTES, MAX_BYTES);
    var limits = new ConnectionLimits(MAX_BYTES, 10, 10, outbox, second, second, second);
    var channel = new EmbeddedChannel();
    new HttpFraming(registry, new NoPlaces(), metrics.connections())
        .install(channel, limits, budget);
    return channel;
  }

  private static String post(String path, String body, String... headers) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: atmd\r\n"
        + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void write(EmbeddedChannel channel, String text, int chunk) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var from = 0; from < bytes.length; from += chunk) {
      var count = Math.min(chunk, bytes.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, from, count));
    }
  }

  private static String said(EmbeddedChannel channel) {
    channel.runPendingTasks();
    var said = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      said.append(next.toString(StandardCharsets.UTF_8));
      next.release();
    }
    return said.toString();
  }

  @Test
  void readsARequestHoweverItsBytesAreSplit() {
    var text = post(PATH, EVENT, "Atm-Pid: 4711", "Atm-Id: e1");
    for (var chunk = 1; chunk <= text.length(); chunk++) {
      var channel = channel();
      var before = registry.queued();

      write(channel, text + text, chunk);

      assertThat(said(channel)).as("in pieces of %d", chunk).isEqualTo(NO_CONTENT + NO_CONTENT);
      assertThat(registry.queued() - before).isEqualTo(2);
      assertThat(channel.isActive()).isTrue();
      channel.finishAndReleaseAll();
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void readsAChunkedBodyHoweverItsBytesAreSplit() {
    var half = EVENT.length() / 2;
    var text =
        "POST %s HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
            .formatted(
                PATH, half, EVENT.substring(0, half), EVENT.length() - half, EVENT.substring(half));
    for (var chunk = 1; chunk <= text.length(); chunk++) {
      var channel = channel();
      var before = registry.queued();

      write(channel, text, chunk);

      assertThat(said(channel)).as("in pieces of %d", chunk).isEqualTo(NO_CONTENT);
      assertThat(registry.queued() - before).isOne();
      channel.finishAndReleaseAll();
    }
  }

  @Test
  void takesABodyAtTheLimitAndSkipsALongerOne() {
    var channel = channel();
    var atTheLimit = EVENT + " ".repeat(MAX_BYTES - EVENT.length());

    write(channel, post(PATH, atTheLimit) + post(PATH, atTheLimit + " ") + post(PATH, EVENT), 100);

    assertThat(statuses(said(channel))).containsExactly("204", "413", "204");
    assertThat(budget.taken()).isZero();
  }

  @Test
  void skipsABodyThatTheBudgetOfAllConnectionsDoesNotAllow() {
    var greedy = new ArrayList<EmbeddedChannel>();
    var unfinished =
        post(PATH, "x".repeat(MAX_BYTES)).substring(0, post(PATH, "").length() + 1_000);
    for (var i = 0; i < 4; i++) {
      var channel = channel();
      write(channel, unfinished, MAX_BYTES);
      greedy.add(channel);
    }
    var late = channel();

    write(late, post(PATH, EVENT + " ".repeat(500)), MAX_BYTES);
    greedy.forEach(EmbeddedChannel::finishAndReleaseAll);
    write(late, post(PATH, EVENT + " ".repeat(500)), MAX_BYTES);

    assertThat(statuses(said(late))).containsExactly("413", "204");
    assertThat(budget.taken()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/agents/claude, 404, expected /v1/agents/{harness}/events",
    "POST, /v1/agents/abacus/events, 404, unknown harness `abacus`",
    "GET, /v1/agents/claude/events, 405, expected POST",
    "POST, /v1/agents/claude/events?pid=many, 400, expected a number",
  })
  void saysWhatWasSeenAndWhatIsExpected(String method, String path, String status, String text) {
    var channel = channel();

    write(channel, post(path, EVENT).replace("POST", method) + post(PATH, EVENT), 50);

    var said = said(channel);
    assertThat(statuses(said)).containsExactly(status, "204");
    assertThat(said).contains(text);
    assertThat(registry.queued()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "'', one JSON value",
    "'{', not JSON",
    "'{},\"pid\":1', not JSON",
    "'{} {}', one JSON value and nothing else",
    "'{}', no event is named",
    "'\"\\ud800\"', lone surrogate",
  })
  void refusesAPayloadThatCannotBeRead(String payload, String text) {
    var channel = channel();

    write(channel, post("/v1/agents/codex/events", payload), 50);

    var said = said(channel);
    assertThat(statuses(said)).containsExactly("400");
    assertThat(said).contains(text);
    assertThat(registry.queued()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Atm-Pid: 5000000000", "Atm-At: noon"})
  void losesWhatCannotBeUsedAndNotTheEvent(String header) {
    var channel = channel();

    write(channel, post(PATH, EVENT, header), 1_000);

    assertThat(statuses(said(channel))).containsExactly("204");
    assertThat(registry.queued()).isOne();
  }

  @Test
  void closesWhatIsNotHttp() {
    var channel = channel();

    write(channel, "BREW me\r\n\r\n", 50);

    assertThat(statuses(said(channel))).containsExactly("400");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void asksForABodyThatIsHeldBackUntilThen() {
    var channel = channel();
    var text = post(PATH, EVENT, "Expect: 100-continue");
    var head = text.substring(0, text.length() - EVENT.length());

    write(channel, head, 50);
    assertThat(said(channel)).startsWith("HTTP/1.1 100 Continue");

    write(channel, EVENT, 50);
    assertThat(said(channel)).isEqualTo(NO_CONTENT);
  }

  @Test
  void refusesABodyThatIsHeldBackAndWouldBeTooLong() {
    var channel = channel();
    var text = post(PATH, "x".repeat(MAX_BYTES + 1), "Expect: 100-continue");

    write(channel, text.substring(0, text.indexOf("xx")), 50);

    assertThat(statuses(said(channel))).containsExactly("413");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void saysSoWhenTheDaemonIsShuttingDown() {
    var channel = channel();
    registry.close();

    write(channel, post(PATH, EVENT), 50);

    assertThat(statuses(said(channel))).containsExactly("503");
  }

  private static List<String> statuses(String said) {
    return said.lines()
        .filter(line -> line.startsWith("HTTP/1.1 "))
        .map(line -> line.substring(9, 12))
        .toList();
  }

  static final class NoSink implements EventSink {
    @Override
    public void accept(SessionEvent event) {}

    @Override
    public void endOfBatch() {}
  }

  static final class NoPlaces implements Places {
    @Override
    public CompletableFuture<Place> of(String directory) {
      return CompletableFuture.completedFuture(new Place(directory, null));
    }

    @Override
    public CompletableFuture<Optional<Place>> of(Pid pid) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }
}
