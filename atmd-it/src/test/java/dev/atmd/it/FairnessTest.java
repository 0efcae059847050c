package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client, or one process, cannot keep the others from being served. */
@Timeout(120)
class FairnessTest {
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final int OWN = 4;

  private final ArrayList<TestClient> clients = new ArrayList<>();

  @AfterEach
  void leave() {
    clients.forEach(TestClient::close);
  }

  @Test
  void oneConnectionThatFloodsDelaysNobody() throws InterruptedException {
    try (var daemon = InProcessDaemon.start()) {
      var over = new AtomicBoolean();
      var flooded = new AtomicLong();
      var flood = Thread.ofPlatform().start(() -> flood(daemon, over, flooded));
      try (var client = daemon.greeted()) {
        Waiting.until("the flood has come", () -> flooded.get() > 1_000_000);
        var before = flooded.get();
        for (var i = 0; i < 200; i++) {
          client.send(Wire.ping(i)).expect("pong");
        }

        assertThat(flooded.get()).as("bytes of the flood meanwhile").isGreaterThan(before);
      } finally {
        over.set(true);
        flood.join();
      }
    }
  }

  /** Reports without an end, whose answers nobody reads. */
  private static void flood(TestDaemon daemon, AtomicBoolean over, AtomicLong flooded) {
    var lines = new StringBuilder();
    for (var i = 0; i < 500; i++) {
      lines.append(
          Wire.hook("flood-" + i, Unique.FIRST_PID + i, "PreToolUse", "tool_name", "Bash"));
      lines.append('\n');
    }
    var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    try (var client = daemon.greeted()) {
      while (!over.get()) {
        flooded.addAndGet(client.offer(bytes, MOMENT));
      }
    }
  }

  @Test
  void oneProcessGetsItsShareOfConnections() {
    try (var daemon = InProcessDaemon.start("limits.process_connections=" + OWN)) {
      for (var i = 0; i < OWN; i++) {
        clients.add(daemon.greeted());
      }
      try (var tooMany = daemon.connect()) {
        assertThat(tooMany.expectError("too_many_connections").path("message").asText())
            .contains("of one process (max: " + OWN + ")");
      }

      expectServiceForAnotherProcess(daemon);

      clients.removeLast().close();
      Waiting.until("there is room again", () -> isServed(daemon));
    }
  }

  @Test
  void oneProcessLeavesRoomForUnfinishedLinesOfOthers() {
    try (var daemon = InProcessDaemon.start("limits.unfinished_bytes=1000000")) {
      var half = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
      for (var i = 0; i < 8; i++) {
        clients.add(daemon.greeted().sendBytes(half));
      }
      var refused = 0;
      for (var client : clients) {
        client.send("");
        refused += client.message().path("code").asText().equals("frame_too_large") ? 1 : 0;
      }

      assertThat(refused).as("lines that were skipped").isBetween(1, 7);
      expectServiceForAnotherProcess(daemon);
    }
  }

  private static boolean isServed(TestDaemon daemon) {
    try (var client = daemon.connect()) {
      return client
          .send(Wire.message("connect"))
          .message()
          .path("type")
          .asText()
          .equals("connected");
    }
  }

  private static void expectServiceForAnotherProcess(TestDaemon daemon) {
    var hook = Hook.of(Sender.all().getFirst(), daemon.socket(), "claude");
    var event =
        Wire.json(Wire.fields("session_id", "other", "hook_event_name", "UserPromptSubmit"));

    // The first one may find the daemon still cold, and goes to the spool then.
    Waiting.until(
        "another process is served at once",
        () -> hook.call(event).exitCode() == 0 && hook.spooled().isEmpty());
  }
}
