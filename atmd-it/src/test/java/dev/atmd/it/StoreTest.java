package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What outlives the daemon, and what happens when the disk does not do its part. */
final class StoreTest {
  @Test
  void anotherDaemonGoesOnWithTheSessionsThatLive() {
    try (var files = TestDirectory.create();
        var agent = Agent.start()) {
      var daemon = ProcessDaemon.start(files);
      try (var client = daemon.extended()) {
        report(client, "lives", agent.pid(), "UserPromptSubmit", "prompt", "fix the tests");
        report(client, "lives", agent.pid(), "PermissionRequest", "tool_name", "Bash");
        client.send(
            Wire.messageOf(
                1,
                "status_update",
                Map.of(
                    "ack",
                    true,
                    "data",
                    Wire.parse(Wire.status("lives", agent.pid(), 1.25)).path("data"))));
        client.expect("ack");
      }
      var before = view(daemon, "lives");

      daemon.kill();
      var later = ProcessDaemon.start(files);
      var after = view(later, "lives");

      assertThat(withoutAges(after)).isEqualTo(withoutAges(before));
    }
  }

  @Test
  void anotherDaemonEndsWhatDiedMeanwhile() {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.start(files);
      try (var agent = Agent.start();
          var client = daemon.extended()) {
        report(client, "died", agent.pid(), "UserPromptSubmit", "prompt", "fix the tests");
        daemon.kill();
      }

      var later = ProcessDaemon.start(files);
      try (var client = later.extended()) {
        assertThat(client.list()).isEmpty();
        client.send(Wire.messageOf(1, "explain", Map.of("session_id", "died")));
        assertThat(client.expectError("session_over").path("message").asText())
            .contains("process_died");
        assertThat(history(client, "died").getLast().path("status").asText())
            .isEqualTo("process_died");
      }
    }
  }

  @Test
  void anOrderlyEndLosesNothingAtAll() {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.start(files, "store.window_seconds=60");
      try (var client = daemon.greeted()) {
        client.send(Wire.hook("a", Unique.pid(), "UserPromptSubmit", "prompt", "not acknowledged"));
        client.expectQuiet();
      }
      daemon.terminate();
      assertThat(daemon.awaitExit(5_000)).isZero();

      var later = ProcessDaemon.start(files);
      try (var client = later.extended()) {
        assertThat(prompts(client, "a")).containsExactly("not acknowledged");
      }
    }
  }

  @Test
  void keepsNothingIfItIsToldSo() {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.start(files, "store.enabled=false");
      try (var client = daemon.extended()) {
        report(client, "a", Unique.pid(), "Stop", false);
        client.send(Wire.messageOf(1, "waits", Map.of()));
        client.expectError("no_history");
      }
      daemon.kill();
      assertThat(files.state().resolve("atmd.db")).doesNotExist();
    }
  }

  /** The file may not grow, as on a full disk; then it may again. */
  @Test
  void servesFromMemoryWhileTheDiskIsFull() {
    try (var daemon = ProcessDaemon.startWithFileBytes(512 * 1024);
        var client = daemon.extended();
        var dashboard = daemon.subscribed()) {
      var prompt = "p".repeat(8_000);
      var sent = fill(daemon, client, prompt);

      for (var end = sent + 50; sent < end; sent++) {
        assertThat(prompt(client, "full", sent, prompt)).isFalse();
      }
      var seen = sent - 1;
      dashboard.await("the last update", message -> message.toString().contains("full"));
      assertThat(view(daemon, "full").path("status").asText()).isEqualTo("working");

      daemon.allowAnyFileSize();
      Waiting.until("the store recovers", () -> metric(daemon, "atmd_store_trouble") == 0);
      assertThat(prompt(client, "full", sent, prompt)).isTrue();

      assertThat(metric(daemon, "atmd_store_lost_total")).isZero();
      assertThat(prompts(client, "full"))
          .as("all of %d", seen + 2)
          .isEqualTo(IntStream.rangeClosed(0, sent).mapToObj(n -> n + prompt).toList());
      assertThat(daemon.output())
          .contains("cannot write to the store")
          .contains("can be written to again");
    }
  }

  /** Sends prompts until none can be written, although that was tried again; how many. */
  private static int fill(TestDaemon daemon, TestClient client, String prompt) {
    var sent = 0;
    var deadline = System.nanoTime() + TestClient.PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!prompt(client, "full", sent++, prompt) && staysFull(daemon)) {
        return sent;
      }
    }
    return fail("%d prompts and the disk is not full", sent);
  }

  /** A smaller piece may have found room after all. */
  private static boolean staysFull(TestDaemon daemon) {
    var failures = metric(daemon, "atmd_store_failures_total");
    Waiting.until(
        "it tries again",
        () ->
            metric(daemon, "atmd_store_failures_total") >= failures + 2
                || metric(daemon, "atmd_store_trouble") == 0);
    return metric(daemon, "atmd_store_trouble") == 1;
  }

  @Test
  void startsWhereNothingCanBeWrittenAndCatchesUp() throws IOException {
    try (var files = TestDirectory.create()) {
      var obstacle = files.state().resolve("atmd.db");
      Files.createDirectories(obstacle.resolve("in-the-way"));
      var daemon = ProcessDaemon.start(files);
      try (var client = daemon.extended()) {
        assertThat(prompt(client, "early", 1, "")).isFalse();

        Files.delete(obstacle.resolve("in-the-way"));
        Files.delete(obstacle);
        Waiting.until("the store recovers", () -> metric(daemon, "atmd_store_trouble") == 0);

        assertThat(prompt(client, "early", 2, "")).isTrue();
        assertThat(prompts(client, "early")).containsExactly("1", "2");
      }
      daemon.kill();
      var later = ProcessDaemon.start(files);
      assertThat(view(later, "early").path("status").asText()).isEqualTo("working");
    }
  }

  @Test
  void aSlowDiskDelaysOnlyWhoWaitsForIt() throws IOException {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.startWith(files, "LD_PRELOAD=" + SlowDisk.library(files.path()));
      try (var sure = daemon.extended();
          var dashboard = daemon.subscribed();
          var reporter = daemon.greeted()) {
        var hold = Files.createFile(files.path().resolve("hold"));
        sure.send(prompt("sure", 1, ""));
        for (var number = 1; number <= 20; number++) {
          reporter.send(Wire.status("busy", Unique.FIRST_PID, number)).expectQuiet();
        }
        dashboard.await("the last update", message -> cost(message) == 20);
        assertThat(sure.hasLine(Duration.ZERO)).as("answered before it is written").isFalse();

        Files.delete(hold);
        assertThat(sure.expect("ack").path("durable").asBoolean()).isTrue();
      }
      daemon.kill();
      var later = ProcessDaemon.start(files);
      assertThat(view(later, "sure").path("status").asText()).isEqualTo("working");
    }
  }

  private static double cost(JsonNode message) {
    return message.path("session").path("cost_usd").asDouble();
  }

  @Test
  void servesWithLittleMemory() {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.startWith(files, "ATMD_HEAP=64m", "ATMD_DIRECT=64m");
      try (var client = daemon.extended()) {
        var text = "p".repeat(2_000);
        for (var number = 0; number < 3_000; number++) {
          client.send(prompt("session-" + number, number, text));
          client.expect("ack");
        }
        assertThat(client.list()).hasSize(3_000);
      }
      assertThat(daemon.isAlive()).isTrue();
      daemon.kill();
      var later = ProcessDaemon.startWith(files, "ATMD_HEAP=64m", "ATMD_DIRECT=64m");
      try (var client = later.extended()) {
        assertThat(client.list()).hasSize(3_000);
      }
    }
  }

  @Test
  void putsADamagedFileAsideAndStarts() throws IOException {
    try (var files = TestDirectory.create()) {
      Files.createDirectories(files.state());
      Files.writeString(files.state().resolve("atmd.db"), "no database at all ".repeat(500));

      var daemon = ProcessDaemon.start(files);

      try (var client = daemon.extended()) {
        assertThat(prompt(client, "a", 1, "")).isTrue();
      }
      assertThat(daemon.output()).contains("is damaged", "it is kept as atmd.db.unreadable-");
    }
  }

  @Test
  void aDaemonThatWasSuspendedGoesOn() {
    try (var daemon = ProcessDaemon.start();
        var client = daemon.extended()) {
      assertThat(prompt(client, "a", 1, "")).isTrue();
      daemon.freeze();
      client.send(prompt("a", 2, ""));
      daemon.thaw();

      assertThat(client.expect("ack").path("durable").asBoolean()).isTrue();
      assertThat(prompts(client, "a")).containsExactly("1", "2");
    }
  }

  /** What is the same however much time has passed. */
  private static JsonNode withoutAges(JsonNode view) {
    return ((ObjectNode) view.deepCopy()).without(List.of("last_activity_display", "age_display"));
  }

  private static void report(
      TestClient client, String session, long pid, String event, String name, String value) {
    report(client, session, pid, event, true, name, value);
  }

  /** Says whether it is known to be kept. */
  private static void report(
      TestClient client, String session, long pid, String event, boolean durable, Object... more) {
    var hook = Wire.parse(Wire.hook(session, pid, event, more)).path("data");
    client.send(Wire.messageOf(1, "hook_event", Map.of("ack", true, "data", hook)));
    assertThat(client.expect("ack").path("durable").asBoolean()).isEqualTo(durable);
  }

  private static boolean prompt(TestClient client, String session, int number, String text) {
    return client.send(prompt(session, number, text)).expect("ack").path("durable").asBoolean();
  }

  private static String prompt(String session, int number, String text) {
    var data =
        Map.of(
            "session_id", session, "hook_event_name", "UserPromptSubmit", "prompt", number + text);
    return Wire.messageOf(1, "agent_event", Map.of("ack", true, "harness", "claude", "data", data));
  }

  private static JsonNode view(TestDaemon daemon, String id) {
    try (var client = daemon.greeted()) {
      return client.list().stream()
          .filter(view -> view.path("id").asText().equals(id))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no session " + id));
    }
  }

  private static List<JsonNode> history(TestClient client, String session) {
    var entries = new ArrayList<JsonNode>();
    Long before = null;
    do {
      var question = Wire.fields("session", session, "limit", 1_000);
      if (before != null) {
        question.put("before", before);
      }
      client.send(Wire.messageOf(1, "history", question));
      var answer = client.expect("history");
      var page = new ArrayList<JsonNode>();
      answer.path("entries").forEach(page::add);
      entries.addAll(0, page);
      before = answer.has("before") ? (Long) answer.path("before").asLong() : null;
    } while (before != null);
    return entries;
  }

  private static List<String> prompts(TestClient client, String session) {
    return history(client, session).stream()
        .filter(entry -> entry.path("kind").asText().equals("prompt"))
        .map(entry -> entry.path("text").asText())
        .toList();
  }

  private static double metric(TestDaemon daemon, String name) {
    try (var client = daemon.extended()) {
      var text = client.send(Wire.messageOf(1, "metrics", Map.of())).expect("metrics").path("text");
      return text.asText()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no metric " + name));
    }
  }
}
