package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryLimits;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.Position;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to whom, without sockets. */
class WebHandlerTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3}) ");
  private static final Pattern COOKIE = Pattern.compile("set-cookie: (\\S+?);");
  private static final int PORT = 7_717;
  private static final String HOST = "127.0.0.1:7717";

  private final WebKeys keys = new WebKeys(Tokens.fresh(), Tokens.fresh());
  private final Passes passes = new Passes(keys, PORT, false);
  private final Logins logins = new Logins();
  private final Semaphore streams = new Semaphore(1);
  private final List<SubscribeRequest> subscribed = new ArrayList<>();
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private final DaemonMetrics metrics = new DaemonMetrics(InstantSource.system());
  private Gate.Visitor visitor = Gate.Visitor.OWN;
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");

  /** What has been written and nobody has read is given back. */
  @AfterEach
  void releaseChannels() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:7717", "localhost:7717", "localhost", "[::1]:9", "box.example"})
  void answersToItsNames(String host) {
    assertThat(status(get("/", "Host: " + host))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example:7717",
        "Host: 127.0.0.1.evil.example",
        "Host: box.example.evil.example",
        "Host: localhost:7717\r\nHost: localhost:7717",
        "Host:",
        "X: y"
      })
  void answersToNoOtherName(String host) {
    assertThat(status(get("/", host))).isEqualTo(421);
    assertThat(metrics.scrape()).contains("atmd_web_refused_total{reason=\"host\"} 1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: https://127.0.0.1:7717",
        "Origin: http://127.0.0.1:8080",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void answersNoOtherPage(String header) {
    var request = get("/api/health", "Host: " + HOST, header, cookie());

    assertThat(status(request)).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Origin: http://127.0.0.1:7717", "Sec-Fetch-Site: same-origin", "X: y"})
  void answersItsOwnPage(String header) {
    assertThat(status(get("/api/health", "Host: " + HOST, header, cookie()))).isEqualTo(200);
  }

  @Test
  void canBeLinkedToButNotEmbedded() {
    var link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";

    assertThat(status(get("/", "Host: " + HOST, link + "document"))).isEqualTo(200);
    assertThat(status(get("/", "Host: " + HOST, link + "iframe"))).isEqualTo(403);
    assertThat(status(get("/api/health", "Host: " + HOST, link + "document", cookie())))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/events",
        "/api/health",
        "/api/history",
        "/api/cost?by=day",
        "/api/waits",
        "/api/moment?at=2026-11-21T08:00:00Z",
        "/api/explain?session=a",
        "/metrics"
      })
  void tellsNothingToWhoHasNotLoggedIn(String path) {
    assertThat(status(get(path, "Host: " + HOST))).isEqualTo(401);
  }

  @Test
  void letsAPassHoldForItsPortAndItsTimeOnly() {
    var elsewhere = new Passes(keys, PORT + 1, false).issue(now).replace("atmd-7718", "atmd-7717");
    var forged = new Passes(new WebKeys(Tokens.fresh(), ""), PORT, false).issue(now);
    var mine = cookie();

    assertThat(health("Cookie: " + elsewhere.split(";", 2)[0])).isEqualTo(401);
    assertThat(health("Cookie: " + forged.split(";", 2)[0])).isEqualTo(401);
    assertThat(health(mine)).isEqualTo(200);
    now = now.plus(Duration.ofDays(31));
    assertThat(health(mine)).isEqualTo(401);
  }

  @Test
  void logsInOnceWithAToken() {
    var token = logins.issue(now);

    var answer = answer(login("{\"token\":\"" + token + "\"}", "application/json"));
    var given = COOKIE.matcher(answer);

    assertThat(answer).startsWith("HTTP/1.1 204").contains("; HttpOnly; SameSite=Strict");
    assertThat(given.find()).isTrue();
    assertThat(health("Cookie: " + given.group(1))).isEqualTo(200);
    assertThat(status(login("{\"token\":\"" + token + "\"}", "application/json"))).isEqualTo(401);
  }

  @Test
  void logsNobodyInWithAnOldToken() {
    var token = logins.issue(now);
    now = now.plus(Duration.ofMinutes(11));

    assertThat(status(login("{\"token\":\"" + token + "\"}", "application/json"))).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, application/json, 401",
    "nonsense, application/json, 401",
    "{\"token\":\"\"}, application/json, 401",
    "{}, text/plain, 415"
  })
  void logsNobodyInWithLess(String body, String type, int status) {
    assertThat(status(login(body, type))).isEqualTo(status);
  }

  @Test
  void forgetsTheOldestOfManyTokens() {
    var first = logins.issue(now);
    for (var i = 0; i < Logins.MAX; i++) {
      logins.issue(now);
    }

    assertThat(logins.redeem(first, now)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.js", "/nothing", "/api/health", "/api/events"})
  void saysWithEveryAnswerWhatABrowserMayDo(String path) {
    assertThat(answer(get(path, "Host: " + HOST, cookie())))
        .contains(
            "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';",
            "frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "cache-control: no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /../web.key, 404",
    "GET /%2e%2e/web.key, 404",
    "GET http://evil.example/, 404",
    "GET /api/cost?by=lunch, 400",
    "GET /api/moment?at=noon, 400",
    "GET /api/history?before=x, 400",
    "GET /api/explain, 400",
    "GET /%zz, 400",
    "POST /, 405",
    "DELETE /api/history, 405",
    "GET /api/login, 405"
  })
  void answersWhatCannotBeAsked(String line, int status) {
    assertThat(status(request(line, "", "Host: " + HOST, cookie()))).isEqualTo(status);
  }

  @Test
  void boundsWhatItReads() {
    assertThat(status(get("/" + "a".repeat(9_000), "Host: " + HOST))).isEqualTo(400);
    assertThat(status(get("/", "Host: " + HOST, "X: " + "a".repeat(17_000)))).isEqualTo(400);
    assertThat(status(login("x".repeat(5_000), "application/json"))).isEqualTo(413);
  }

  @Test
  void closesAConnectionThatAsksBeforeItIsAnswered() {
    var channel = channel(false);
    var question = get("/api/explain?session=a", "Host: " + HOST, cookie());

    write(channel, question + question);

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void keepsAConnectionForTheNextQuestion() {
    var channel = channel(false);

    write(channel, get("/", "Host: " + HOST));
    write(channel, get("/app.js", "Host: " + HOST));

    assertThat(read(channel)).contains("text/html", "text/javascript");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void goesOnWhereAStreamWas() {
    answer(get("/api/events?since=ab-1:7", "Host: " + HOST, cookie()));
    streams.release();
    answer(get("/api/events?since=ab-1:7", "Host: " + HOST, "Last-Event-ID: ab-1:9", cookie()));
    streams.release();
    answer(get("/api/events?since=nonsense", "Host: " + HOST, cookie()));

    assertThat(subscribed)
        .extracting(SubscribeRequest::since)
        .containsExactly(new Position("ab-1", 7), new Position("ab-1", 9), null);
  }

  @Test
  void pacesStreamsAndBoundsThem() {
    var first = answer(get("/api/events", "Host: " + HOST, cookie()));
    var second = answer(get("/api/events", "Host: " + HOST, cookie()));

    assertThat(first).startsWith("HTTP/1.1 200").contains("text/event-stream", "retry: 1000");
    assertThat(second).startsWith("HTTP/1.1 503");
    assertThat(subscribed).extracting(SubscribeRequest::interval).containsOnly(Route.PACE);
    assertThat(metrics.scrape()).contains("atmd_web_refused_total{reason=\"streams\"} 1.0");
  }

  @Test
  void givesAStreamItsPlaceBack() {
    var channel = channel(false);
    write(channel, get("/api/events", "Host: " + HOST, cookie()));
    assertThat(streams.availablePermits()).isZero();

    var _ = channel.close();

    assertThat(streams.availablePermits()).isOne();
  }

  @Test
  void showsARedactedStreamWhereThatIsSet() {
    var channel = channel(true);

    write(channel, get("/api/events", "Host: " + HOST, cookie()));

    assertThat(subscribed).extracting(SubscribeRequest::detail).containsExactly(Detail.REDACTED);
  }

  @Test
  void showsMetricsToAScraperAndNothingElse() {
    var bearer = "Authorization: Bearer " + keys.metricsToken();

    assertThat(answer(get("/metrics", "Host: " + HOST, bearer))).contains("atmd_web_connections");
    assertThat(status(get("/metrics", "Host: " + HOST, bearer + "0"))).isEqualTo(401);
    assertThat(status(get("/api/health", "Host: " + HOST, bearer))).isEqualTo(401);
  }

  @Test
  void showsMetricsToAnAccountThatMayScrapeWithoutAToken() {
    visitor = Gate.Visitor.SCRAPER;

    assertThat(answer(get("/metrics", "Host: " + HOST))).contains("atmd_web_connections");
    assertThat(status(get("/metrics", "Host: evil.example"))).isEqualTo(421);
    assertThat(status(get("/metrics", "Host: " + HOST, "Origin: http://evil.example")))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /app.js",
        "GET /api/health",
        "GET /api/events",
        "GET /api/history",
        "GET /metrics/",
        "GET /%zz",
        "POST /metrics",
        "POST /api/login",
        "POST /api/logout"
      })
  void showsSuchAnAccountNothingElseWhateverItKnows(String line) {
    visitor = Gate.Visitor.SCRAPER;

    var answer = answer(request(line, "", "Host: " + HOST, cookie()));

    assertThat(answer).startsWith("HTTP/1.1 403").contains("web.scrapers");
    assertThat(metrics.scrape()).contains("atmd_web_refused_total{reason=\"stranger\"} 1.0");
  }

  private int health(String cookie) {
    return status(get("/api/health", "Host: " + HOST, cookie));
  }

  private String cookie() {
    return "Cookie: other=1; " + passes.issue(now).split(";", 2)[0];
  }

  private static String login(String body, String type) {
    return request("POST /api/login", body, "Host: " + HOST, "Content-Type: " + type);
  }

  private static String get(String path, String... headers) {
    return request("GET " + path, "", headers);
  }

  private static String request(String line, String body, String... headers) {
    return line
        + " HTTP/1.1\r\n"
        + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
        + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
        + "\r\n"
        + body;
  }

  private int status(String request) {
    var answer = answer(request);
    var status = STATUS.matcher(answer);
    assertThat(status.lookingAt()).as(answer).isTrue();
    return Integer.parseInt(status.group(1));
  }

  private String answer(String request) {
    var channel = channel(false);
    write(channel, request);
    return read(channel);
  }

  private EmbeddedChannel channel(boolean isRedacted) {
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

  private static void write(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private static String read(EmbeddedChannel channel) {
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
