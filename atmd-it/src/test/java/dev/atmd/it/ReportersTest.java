package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What harnesses run in their own process, run by a host that has nothing else in it. */
class ReportersTest {
  private static final String PI = "pi/atmd.ts";
  private static final String OPENCODE = "opencode/atmd.js";
  private static final String AMP = "amp/atmd.js";
  private static final String CLAUDE = "claude/hooks/report.js";

  /** Events that pi's host has in a run of one round and that are reported. */
  private static final int PI_EVENTS = 7;

  /** As the reporters say. */
  private static final int MAX_WAITING = 512;

  private final TestDirectory files = TestDirectory.create();

  @AfterEach
  void removeFiles() {
    files.close();
  }

  @Test
  void piReportsInOrderOverOneConnection() {
    try (var daemon = LineCollector.at(files.socket());
        var host = host("pi", PI)) {
      var pid = host.expectNoFailure();
      host.expectEnd();

      var messages = daemon.awaitMessages(1 + PI_EVENTS);
      assertThat(daemon.connections()).isEqualTo(1);
      assertThat(messages.getFirst().path("type").asText()).isEqualTo("connect");
      var events = messages.subList(1, messages.size());
      assertThat(events.stream().map(event -> event.path("data").path("event").asText()))
          .containsExactly(
              "session_start",
              "agent_start",
              "tool_execution_start",
              "tool_execution_end",
              "tool_execution_start",
              "agent_end",
              "agent_settled");
      assertThat(events).allMatch(event -> event.path("pid").asLong() == pid);
      assertThat(events).allMatch(event -> event.path("tmux_pane").asText().equals("%7"));
      var tool = events.get(2).path("data");
      assertThat(tool.path("session_id").asText()).isEqualTo("pi-1");
      assertThat(tool.path("payload").path("args").path("command").asText()).isEqualTo("make test");
      assertThat(events.get(3).toString()).doesNotContain("yyy");
      assertThat(events.get(5).path("data").path("payload").path("stopReason").asText())
          .isEqualTo("aborted");
    }
  }

  @Test
  void piIsSeenByTheDaemon() {
    try (var daemon = InProcessDaemon.start();
        var client = daemon.extended().send(Wire.subscribe());
        var host = NodeHost.start("pi", PI, daemon.socket(), Map.of(), "stay")) {
      host.expectNoFailure();

      client.await("a session of pi", message -> isSessionOf(message, "pi-1"));
      host.release();
      host.expectEnd();
    }
  }

  @Test
  void openCodeReportsWhatTellsItsStateAndNoTokens() {
    try (var daemon = LineCollector.at(files.socket())) {
      try (var host = host("opencode", OPENCODE, "1")) {
        host.expectNoFailure();
        host.expectEnd();
      }
      assertThat(types(daemon.awaitMessages(6)))
          .containsExactly(
              "session.created",
              "session.status",
              "message.part.updated",
              "permission.asked",
              "session.idle");
    }
  }

  @Test
  void openCodeTwoSaysNothingOfItsTerminal() {
    try (var daemon = LineCollector.at(files.socket());
        var host = host("opencode", OPENCODE, "2")) {
      var pid = host.expectNoFailure();
      host.expectEnd();

      var messages = daemon.awaitMessages(4);
      assertThat(types(messages))
          .containsExactly(
              "session.execution.started", "session.tool.called", "session.execution.interrupted");
      assertThat(messages.get(1).has("tmux_pane")).isFalse();
      assertThat(messages.get(1).path("pid").asLong()).isEqualTo(pid);
    }
  }

  @Test
  void ampReportsStatesAndDecidesNothing() {
    try (var daemon = LineCollector.at(files.socket());
        var host = host("amp", AMP)) {
      host.expectNoFailure();
      host.expectEnd();

      var messages = daemon.awaitMessages(10);
      assertThat(messages.stream().skip(1).map(each -> each.path("event").asText()))
          .startsWith("session.start", "thread.title", "agent.start", "thread.state")
          .contains("tool.result", "agent.end");
      assertThat(messages.stream().map(each -> each.path("data").path("state").asText("")))
          .contains("running", "awaiting-approval", "idle");
      assertThat(messages.toString()).doesNotContain("output");
    }
  }

  @Test
  void claudePostsWhatSettingsHooksWouldSayAndMore() {
    try (var daemon = HttpCollector.at(files.socket());
        var host = host("claude", CLAUDE, "post")) {
      host.expectNoFailure();
      host.expectEnd();

      var requests = daemon.awaitRequests(9);
      assertThat(requests)
          .allMatch(each -> each.line().equals("POST /v1/agents/claude/events HTTP/1.1"));
      assertThat(requests.stream().map(each -> each.headers().get("atm-event")))
          .containsExactlyInAnyOrder(
              "SessionStart",
              "UserPromptSubmit",
              "PreToolUse",
              "PostToolUse",
              "PreToolUse",
              "PostToolUseFailure",
              "turn.complete",
              "session.measure",
              "SessionEnd");
      assertThat(requests.stream().map(each -> each.headers().get("atm-id")))
          .doesNotHaveDuplicates();
      assertThat(requests).allMatch(each -> "%7".equals(each.headers().get("atm-pane")));
      assertThat(requests).allMatch(each -> each.body().contains("\"session_id\":\"c-1\""));
      assertThat(requests.toString()).doesNotContain("zzz");
    }
  }

  @Test
  void claudeRunsEachToolOnceWhateverBecomesOfTheReport() {
    try (var host = host("claude", CLAUDE, "fail")) {
      host.expectNoFailure();
      host.expectEnd();
    }
  }

  @Test
  void nobodyNoticesThatThereIsNoDaemon() {
    try (var pi = host("pi", PI);
        var opencode = host("opencode", OPENCODE, "1");
        var amp = host("amp", AMP);
        var claude = host("claude", CLAUDE, "post")) {
      for (var host : List.of(pi, opencode, amp, claude)) {
        host.expectNoFailure();
        host.expectEnd();
      }
    }
  }

  @Test
  void nobodyNoticesADaemonThatHangs() {
    try (var hung = LineCollector.hungAt(files.socket());
        var host = NodeHost.start("pi", PI, files.socket(), Map.of("ROUNDS", "2000"))) {
      host.expectNoFailure();
      host.expectEnd();
      assertThat(hung.connections()).isPositive();
    }
  }

  @Test
  void theNewestEventsWaitForADaemonThatComesLater() {
    var rounds = Map.of("ROUNDS", "500");
    try (var host = NodeHost.start("pi", PI, files.socket(), rounds, "stay")) {
      host.expectNoFailure();
      try (var daemon = LineCollector.at(files.socket())) {
        var messages = daemon.awaitMessages(1 + MAX_WAITING);
        assertThat(messages).hasSize(1 + MAX_WAITING);
        assertThat(messages.getLast().path("data").path("event").asText())
            .isEqualTo("agent_settled");
        assertThat(messages.stream().skip(1).map(each -> each.path("at").asText())).isSorted();
        assertThat(messages.stream().skip(1).map(each -> each.path("id").asText()))
            .doesNotHaveDuplicates();
      }
      host.release();
      host.expectEnd();
    }
  }

  @Test
  void whatAHungDaemonDidNotTakeGoesToTheNextOne() {
    var rounds = Map.of("ROUNDS", "500");
    var hung = LineCollector.hungAt(files.socket());
    try (var host = NodeHost.start("pi", PI, files.socket(), rounds, "stay")) {
      host.expectNoFailure();
      Waiting.until("the host has connected", () -> hung.connections() > 0);
      hung.close();
      try (var daemon = LineCollector.at(files.socket())) {
        daemon.awaitMessage("agent_settled");
      }
      host.release();
      host.expectEnd();
    }
  }

  @Test
  void allHaveTheSameWayToTheDaemon() throws IOException {
    var ways = new HashSet<String>();
    for (var reporter : List.of(PI, OPENCODE, AMP)) {
      var text = Files.readString(Checkout.root().resolve("config/agents").resolve(reporter));
      var begin = text.indexOf("// --- The way to the daemon");
      var end = text.indexOf("// --- The end of the way to the daemon");
      assertThat(begin).as(reporter).isPositive();
      assertThat(end).as(reporter).isGreaterThan(begin);
      ways.add(text.substring(begin, end));
    }
    assertThat(ways).hasSize(1);
  }

  private NodeHost host(String host, String reporter, String... more) {
    return NodeHost.start(host, reporter, files.socket(), Map.of(), more);
  }

  private static List<String> types(List<JsonNode> messages) {
    return messages.stream()
        .skip(1)
        .map(message -> message.path("data").path("type").asText())
        .toList();
  }

  private static boolean isSessionOf(JsonNode message, String id) {
    return message.path("session").path("id").asText().equals(id)
        && message.path("session").path("harness").asText().equals("pi");
  }
}
