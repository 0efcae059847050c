package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dashboard on a wall, in a real browser: what everybody may see, and nothing else. */
@Tag("browser")
class WebRedactedTest {
  /** What a session must not be quoted with: prompt, command, question, path, branch. */
  private static final List<String> SECRETS =
      List.of("Fix the Zanzibar leak", "npm publish", "--access public", "Publish the Zanzibar");

  private static final String PROMPT = SECRETS.getFirst();
  private static final String COMMAND = SECRETS.get(1) + " " + SECRETS.get(2);
  private static final String QUESTION = SECRETS.getLast();

  /** Whatever the page holds: texts, attributes, title, address, styles, what is typed. */
  private static final String ALL_OF_IT =
      "[document.documentElement.outerHTML, document.title, location.href,"
          + " ...[...document.querySelectorAll('input')].map(i => i.value)].join('\\n')";

  private static Chromium browser;

  @BeforeAll
  static void startBrowser() {
    browser = Chromium.start();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @Test
  void saysWhoWaitsButNotWhatIsSaid() {
    try (var wall = Wall.of("web.redacted=true")) {
      var page = wall.page;

      page.untilText(".row[data-state='attention_needed']", "permission");
      page.untilText(".row[data-state='finished']", "ended: its harness said so");
      assertThat(page.text("[data-value='attention_needed']")).isEqualTo("1");
      assertThat(page.text("[data-value='idle']")).isEqualTo("0");
      assertThat(page.value("document.title").asText()).isEqualTo("(1) atmd");
      assertThat(page.text(".row-project")).isEqualTo("shop");
      assertThat(page.text(".row-branch")).isEmpty();
      wall.assertNothingIsQuoted("overview");

      page.click(".row[data-state='attention_needed']");
      page.untilText(".pill", "Waiting for you");
      page.untilText(".because", "It asked its user");
      page.untilText(".timeline", "Waiting");
      page.until("document.querySelectorAll('.timeline .entry').length >= 4");
      wall.assertNothingIsQuoted("session");

      page.view("/");
      page.untilText(".row[data-state='finished']", "Finished");
      page.click(".row[data-state='finished']");
      page.untilText(".pill", "Finished");
      page.untilText(".timeline", "session_ended");
      wall.assertNothingIsQuoted("session-finished");

      for (var view : List.of("/charts", "/health")) {
        page.view(view).until("document.querySelector('.bars, table')");
        wall.assertNothingIsQuoted(view.substring(1));
      }
      page.view("/").run("location.reload()");
      page.untilText(".row[data-state='finished']", "Finished");
      page.untilText(".row[data-state='attention_needed']", "permission");
      wall.assertNothingIsQuoted("again");
    }
  }

  @Test
  void quotesThemWhereNobodyElseLooks() {
    try (var wall = Wall.of("web.redacted=false")) {
      var page = wall.page;

      page.untilText(".row[data-state='attention_needed']", QUESTION);
      page.untilText(".row[data-state='finished']", PROMPT);
      assertThat(wall.seen()).contains(PROMPT, QUESTION);

      page.click(".row[data-state='attention_needed']");
      page.untilText(".question-text", QUESTION);
      page.untilText(".timeline", PROMPT);
      page.until("document.querySelector('.because')");
      assertThat(wall.seen()).contains(PROMPT, QUESTION, COMMAND, wall.root + "/shop");
    }
  }

  /** A daemon with a session that waits and one that has ended, and a browser that looks at it. */
  private record Wall(InProcessDaemon daemon, String root, Tab page) implements AutoCloseable {
    static Wall of(String setting) {
      browser.complaints().clear();
      var files = TestDirectory.create();
      var daemon = InProcessDaemon.start(files, "web.listen=127.0.0.1:0", setting);
      var root = files.path() + "/src";
      var page = browser.open().size(1180, 800).prefers("dark").go(daemon.dashboard());
      page.untilText("#live-text", "Live");
      try (var fleet = Fleet.of(daemon, root)) {
        fleet.prompt("over", 0, PROMPT);
        page.until("document.querySelector('.row')");
        fleet.event("over", 0, "SessionEnd");
        fleet.prompt("waits", 0, PROMPT);
        fleet.runs("waits", 0, COMMAND);
        fleet.asks("waits", 0, COMMAND, QUESTION);
        fleet.settle();
      }
      return new Wall(daemon, root, page);
    }

    void assertNothingIsQuoted(String view) {
      page.screenshot("redacted-" + view);
      assertThat(seen()).as(view).doesNotContain(SECRETS).doesNotContain(root, "/src");
    }

    String seen() {
      return page.value(ALL_OF_IT).asText();
    }

    @Override
    public void close() {
      page.go("about:blank");
      daemon.close();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
