package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered, by which name, and how one logs in. */
class WebAccessTest extends AnsweredRequests {
  private static final Pattern COOKIE = Pattern.compile("set-cookie: (\\S+?);");

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
}
