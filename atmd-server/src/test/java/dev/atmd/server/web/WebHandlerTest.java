package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.SubscribeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered, and how. */
class WebHandlerTest extends AnsweredRequests {
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
}
