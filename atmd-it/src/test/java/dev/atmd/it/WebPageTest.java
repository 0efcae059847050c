package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard as somebody sees it, in a real browser. */
@Tag("browser")
class WebPageTest {
  private static final String WAITING = ".row[data-state='attention_needed']";

  private static final String FINISHED = ".row[data-state='finished']";

  /** The rows on the screen, from the top. */
  private static final String ROWS =
      "[...document.querySelectorAll('.row')].filter(r => r.style.display !== 'none')"
          + ".sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)";

  /** Counts the frames of each second, and scrolls while it does. */
  private static final String FRAMES =
      """
      (() => {
        window.smooth = { rates: [] };
        let count = 0;
        let began = performance.now();
        const frame = (now) => {
          count++;
          scrollTo(0, (now * 0.7) % 20000);
          if (now - began >= 1000) {
            smooth.rates.push(Math.round(count * 1000 / (now - began)));
            count = 0;
            began = now;
          }
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      })()\
      """;

  private static Chromium browser;

  private final TestDirectory files = TestDirectory.create();
  private InProcessDaemon daemon;
  private Tab page;

  @BeforeAll
  static void startBrowser() {
    browser = Chromium.start();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void openDashboard() {
    browser.complaints().clear();
    daemon = InProcessDaemon.start(files, "web.listen=127.0.0.1:0");
    page = browser.open().size(1180, 800).prefers("dark").go(daemon.dashboard());
    page.untilText("#live-text", "Live");
  }

  @AfterEach
  void close() {
    page.go("about:blank");
    daemon.close();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void saysWhatToDoWhileThereIsNobody() {
    page.untilText(".empty", "atm setup");

    page.screenshot("empty");
    assertThat(page.value("location.hash").asText()).isEqualTo("#/");
  }

  @Test
  void showsWhatHappensWhenItHappens() {
    try (var fleet = fleet()) {
      fleet.prompt("a", 0, "Fix the tests");
      page.untilText(".row[data-state='working']", "Fix the tests");

      fleet.asks("a", 0, "npm publish", "Publish the package");
      page.untilAny(WAITING, "Publish the package");
      assertThat(page.text("[data-value='attention_needed']")).isEqualTo("1");
      assertThat(page.value("document.title").asText()).isEqualTo("(1) atmd");

      fleet.event("a", 0, "Stop");
      page.untilText(".row[data-state='done']", "Fix the tests");
    }
  }

  @Test
  void showsWhichOfTwentyWaitsAndWhyFirst() {
    try (var fleet = fleet()) {
      fleet.twenty();

      page.untilText("[data-value='attention_needed']", "3");
      page.untilAny(WAITING, "Publish the package");
      page.until(
          ROWS
              + ".slice(0, 4).map(r => r.dataset.state === 'attention_needed').join() === '"
              + "true,true,true,false'");
      page.screenshot("overview-dark");
      page.prefers("light").screenshot("overview-light");
    }
  }

  @Test
  void goesOnWhereItWasWhenTheConnectionIsBack() {
    try (var fleet = fleet();
        var relay = Relay.to(port());
        var prober = daemon.greeted()) {
      fleet.prompt("a", 0, "Before the break");
      page.go(daemon.dashboard().replace(":" + port() + "/", ":" + relay.port() + "/"));
      page.untilText(".row", "Before the break");

      relay.cut();
      page.untilText("#notice", "does not answer");
      page.screenshot("disconnected");
      assertThat(page.text(".row")).contains("Before the break");
      fleet.prompt("b", 1, "During the break");
      fleet.settle();
      relay.mend();
      page.click("#notice button");

      page.untilAny(".row", "During");
      page.until("document.querySelector('#notice').hidden");
      prober.send(Wire.message("metrics"));
      assertThat(prober.expect("metrics").path("text").asText())
          .contains("atmd_subscribers_resumed_total 1.0");
    }
  }

  @Test
  void findsADaemonAgainThatWasRestarted() {
    try (var fleet = fleet()) {
      fleet.prompt("a", 0, "Before the restart");
      page.untilText(".row", "Before the restart");
    }
    var port = port();

    daemon.stop();
    page.untilText("#live-text", "Reconnecting");
    daemon = InProcessDaemon.start(files, "web.listen=127.0.0.1:" + port);

    page.untilText("#live-text", "Live");
    try (var fleet = fleet()) {
      fleet.prompt("b", 1, "After the restart");
      page.untilAny(".row", "After");
      assertThat(page.value("document.body.innerText").asText()).contains("Before the restart");
    }
  }

  @Test
  void asksWhoHasNotLoggedInToDoSoAndLetsThemIn() {
    var address = daemon.dashboard();
    var stranger = browser.open().go(address.replace("127.0.0.1", "localhost").split("#", 2)[0]);

    stranger.untilText(".locked", "atm web");
    stranger.untilText("#live-text", "Locked");
    stranger.screenshot("locked");
    assertThat(stranger.count(".row")).isZero();

    stranger.run("location.hash = '#" + URI.create(address).getFragment() + "'");

    stranger.untilText("#live-text", "Live");
    assertThat(stranger.value("location.href").asText()).doesNotContain("token");
    stranger.go("about:blank");
    browser.complaints().clear();
  }

  @Test
  void keepsWhatHasEndedUntilItIsClearedAway() {
    try (var fleet = fleet()) {
      fleet.event("before", 1, "SessionStart");
      fleet.event("before", 1, "SessionEnd");
      fleet.settle();
      page.go("about:blank").go(daemon.dashboard());
      page.untilText(".row[data-state='finished']", "ended: its harness said so, ran 0s");

      fleet.twenty();
      fleet.prompt("a", 0, "Tidy the wires");
      search("wires");
      page.untilAny(".row[data-state='working']", "Tidy the wires");
      fleet.event("a", 0, "SessionEnd");
      page.untilAny(FINISHED, "Tidy the wires");
      page.press("Escape");
      search("is:finished");
      page.until(visibleRows() + " === 2");
      page.untilAny(".group", "Finished2");
      page.until(ROWS + "[0].textContent.includes('just now')");
      page.screenshot("finished");
      page.clickAny(FINISHED, "Tidy the wires");
      page.untilText(".session-head", "Finished just now");
      page.untilText(".timeline", "session_ended");
      page.screenshot("session-finished");
      page.press("Escape");
      page.until("[...document.querySelectorAll('.row')].some(row => row.offsetParent)");
      page.press("Escape");
      page.until(visibleRows() + " > 5");
      page.run("scrollTo(0, document.body.scrollHeight)");
      page.untilAny(FINISHED, "Tidy the wires");
      page.until(ROWS + ".slice(-2).every(r => r.dataset.state === 'finished')");
      page.screenshot("finished-last");

      page.press("x");

      page.until("document.querySelector('#clear').hidden");
      assertThat(page.value(shownRows(FINISHED)).asInt()).isZero();
      var idle = Integer.parseInt(page.text("[data-value='idle']"));
      fleet.event("a", 0, "SessionStart");
      page.untilText("[data-value='idle']", Integer.toString(idle + 1));
    }
  }

  @Test
  void remembersWhatEndedWhileItWasDisconnected() {
    try (var fleet = fleet();
        var relay = Relay.to(port())) {
      fleet.prompt("a", 0, "Before the break");
      page.go(daemon.dashboard().replace(":" + port() + "/", ":" + relay.port() + "/"));
      page.untilText(".row", "Before the break");

      relay.cut();
      page.untilText("#notice", "does not answer");
      fleet.event("a", 0, "SessionEnd");
      fleet.settle();
      relay.mend();
      page.click("#notice button");

      page.untilAny(FINISHED, "Before the break");
      page.untilAny(FINISHED, "ended: its harness said so");
    }
  }

  @Test
  void filtersByWordsAndByState() {
    try (var fleet = fleet()) {
      fleet.twenty();
      page.untilText("[data-value='attention_needed']", "3");

      page.press("/");
      page.until("document.activeElement.id === 'filter'");
      page.type("is:waiting billing");
      page.until(visibleRows() + " === 1");
      page.press("Escape");
      page.until(visibleRows() + " > 5");
      page.click(".card[data-state='done'], .card[data-state='idle']");

      page.press("/");
      page.type("no such words");
      page.untilText(".empty", "Nothing matches");
      page.screenshot("unmatched");
    }
  }

  @Test
  void canBeUsedWithAKeyboard() {
    try (var fleet = fleet()) {
      fleet.twenty();
      page.untilText("[data-value='attention_needed']", "3");

      page.press("j");
      page.press("j");
      page.press("k");
      assertThat(selected()).isEqualTo(0);
      page.press("w");
      page.until(
          "document.querySelector('.row[aria-selected=true]')?.dataset.state ==="
              + " 'attention_needed'");
      page.press("Enter");
      page.untilText(".question", "It asks");
      page.press("Escape");
      page.until("location.hash === '#/'");
      page.press("?");
      page.until("document.querySelector('#keys').open");
      page.screenshot("keys");
      page.press("Escape");
      page.until("!document.querySelector('#keys').open");
      page.press("2");
      page.untilText("h1", "Cost and waits");
    }
  }

  @Test
  void tellsASessionsWholeStory() {
    try (var fleet = fleet()) {
      fleet.twenty();
      page.untilAny(WAITING, "Publish the package");

      page.clickAny(WAITING, "Publish the package");

      page.untilText(".question-text", "Publish the package");
      page.untilText(".because", "It asked its user");
      page.untilText(".timeline", "PermissionRequest");
      page.screenshot("session");
      page.view("/charts").untilText(".columns-chart", "$");
      page.untilText(".bars", "sessions");
      page.screenshot("charts");
      page.view("/health").untilText("table", "claude");
      page.screenshot("health");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/charts", "/health", "session"})
  void fitsOnAPhone(String view) {
    try (var fleet = fleet()) {
      fleet.twenty();
      end(fleet);
      page.size(360, 740);
      page.untilAny(WAITING, "Publish the package");
      if (view.equals("session")) {
        page.click(WAITING);
        page.untilText(".timeline", "PermissionRequest");
      } else {
        page.view(view);
        page.until("document.querySelector('main').innerText.length > 60");
      }

      page.screenshot("phone-" + view.replace("/", view.equals("/") ? "overview" : ""));

      assertThat(page.value("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
      var small =
          "[...document.querySelectorAll('button, input, .row, .views a')].filter(e =>"
              + " e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 40)).map(e =>"
              + " e.outerHTML)";
      assertThat(page.value(small + ".join('\\n')").asText()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, dark",
    "/, light",
    "/charts, dark",
    "/charts, light",
    "/health, dark",
    "/health, light",
    "session, dark",
    "session, light",
    "finished, dark",
    "finished, light",
    "empty, light",
    "empty, dark"
  })
  void hasNoSeriousObstacles(String view, String scheme) {
    page.prefers(scheme);
    try (var fleet = fleet()) {
      if (!view.equals("empty")) {
        fleet.twenty();
        page.untilAny(WAITING, "Publish the package");
      }
      if (view.equals("session")) {
        page.click(WAITING);
        page.untilText(".timeline", "PermissionRequest");
      } else if (view.equals("finished")) {
        end(fleet);
        search("is:finished");
        page.until(visibleRows() + " === 1");
      } else if (view.length() > 1 && !view.equals("empty")) {
        page.view(view).until("document.querySelector('.bars, table')");
      }

      page.run(axe());
      var findings =
          page.value(
              "axe.run().then(r => r.violations.filter(v => ['serious',"
                  + " 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n =>"
                  + " n.target + ' ' + n.failureSummary).join('; ')).join('\\n'))");

      assertThat(findings.asText()).isEmpty();
    }
  }

  /** At a hundred updates a second, and while somebody scrolls. */
  @Test
  void staysSmoothWithAThousandSessions() {
    try (var fleet = fleet()) {
      fleet.many(1_000);
      page.untilText("[data-value='working']", "1000");
      page.run(FRAMES);
      for (var i = 0; page.value("smooth.rates.length").asInt() < 6; i++) {
        fleet.event("many-" + i * 7 % 1_000, i, "PreToolUse", "tool_name", "Tool" + i);
        LockSupport.parkNanos(10_000_000);
      }

      var rates = new ArrayList<Integer>();
      page.value("smooth.rates").forEach(rate -> rates.add(rate.asInt()));

      assertThat(page.count(".row")).isLessThan(60);
      assertThat(rates.stream().sorted().toList().get(rates.size() / 2))
          .as("frames in a usual second of %s", rates)
          .isGreaterThanOrEqualTo(30);
    }
  }

  @Test
  void letsNoTextAct() {
    var bad =
        List.of(
            "<img src=x onerror='window.acted=1'>",
            "<script>window.acted=1</script>",
            "\" onmouseover=\"window.acted=1",
            "javascript:window.acted=1",
            "\u202egnp.exe\u2066",
            "\u001b]0;title\u0007\u009b31m",
            "a" + "\u0301".repeat(200),
            "x".repeat(4_000),
            "{{constructor.constructor('window.acted=1')()}}");
    try (var fleet = fleet()) {
      for (var i = 0; i < bad.size(); i++) {
        fleet.prompt("bad-" + i + bad.get(i).replace("x".repeat(100), ""), i, bad.get(i));
        fleet.asks("bad-" + i + bad.get(i).replace("x".repeat(100), ""), i, bad.get(i), bad.get(i));
      }
      page.until("document.querySelectorAll('.row').length >= " + bad.size());
      page.screenshot("hostile");

      assertHarmless();
      var ids = "[...document.querySelectorAll('.row')].map(r => r.dataset.id)";
      for (var i = 0; i < bad.size(); i++) {
        page.run("location.hash = '#/session/' + encodeURIComponent(%s[%d])".formatted(ids, i));
        page.until("document.querySelector('.timeline .entry')");
        assertHarmless();
        page.view("/").until("document.querySelectorAll('.row').length >= " + bad.size());
      }
    }
  }

  @Test
  void canBeInstalled() {
    assertThat(page.ask("Page.getAppManifest", Map.of()).path("errors")).isEmpty();
    assertThat(page.ask("Page.getInstallabilityErrors", Map.of()).path("installabilityErrors"))
        .isEmpty();
  }

  @Test
  void remembersTheThemeThatWasChosen() {
    page.prefers("dark").click("#theme");
    assertThat(page.value("document.documentElement.dataset.theme").asText()).isEqualTo("light");

    page.run("location.reload()");

    page.until(
        "document.documentElement?.dataset.theme === 'light' && document.querySelector('.card')");
    page.run("localStorage.removeItem('theme')");
  }

  private void assertHarmless() {
    assertThat(page.value("window.acted ?? 0").asInt()).isZero();
    assertThat(page.count("main img, main script, main [onerror], main [onmouseover]")).isZero();
    assertThat(
            page.value(
                    "/[\\u202a-\\u202e\\u2066-\\u2069\\u001b\\u009b]/.test(document.body.innerText)")
                .asBoolean())
        .isFalse();
  }

  private Fleet fleet() {
    return Fleet.of(daemon, files.path() + "/src");
  }

  private int port() {
    return URI.create(daemon.dashboard()).getPort();
  }

  /** One is seen, and is over. */
  private void end(Fleet fleet) {
    page.untilText("[data-value='working']", "13");
    fleet.prompt("over", 0, "Tidy the wires");
    page.untilText("[data-value='working']", "14");
    fleet.event("over", 0, "SessionEnd");
    page.until("!document.querySelector('#clear').hidden");
  }

  private void search(String text) {
    page.press("/");
    page.until("document.activeElement.id === 'filter'");
    page.type(text);
  }

  private static String shownRows(String selector) {
    return "[...document.querySelectorAll(`%s`)].filter(r => r.style.display !== 'none').length"
        .formatted(selector);
  }

  private static String visibleRows() {
    return ROWS + ".length";
  }

  /** Which of the rows on the screen, counted from the top. */
  private int selected() {
    var rows = new ArrayList<>();
    page.value(ROWS + ".map(r => r.getAttribute('aria-selected'))")
        .forEach(row -> rows.add(row.asText()));
    return rows.indexOf("true");
  }

  private static String axe() {
    try (var in =
        WebPageTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return "(() => {" + new String(in.readAllBytes(), StandardCharsets.UTF_8) + "})()";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
