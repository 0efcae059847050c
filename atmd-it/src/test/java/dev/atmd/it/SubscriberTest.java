package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What those see who subscribe, however they and others behave. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class SubscriberTest {
  /** Long enough to be sure that the daemon has stopped reading or taking. */
  private static final Duration STANDSTILL = Duration.ofMillis(300);

  private final Way way;

  SubscriberTest(Way way) {
    this.way = way;
  }

  @Test
  void sendsTheListFirstAndNothingOlderAfterIt() throws InterruptedException, ExecutionException {
    var daemon = way.shared();
    var ids = IntStream.range(0, 50).mapToObj(_ -> Unique.name("race")).toList();
    var stop = new AtomicBoolean();
    try (var threads = Executors.newSingleThreadExecutor()) {
      var writer = threads.submit(() -> writeUntil(stop, daemon, ids));
      for (var i = 0; i < 30; i++) {
        try (var client = daemon.greeted().send(Wire.subscribe())) {
          var list = client.expect("session_list");
          expectContinuation(client, list, 100);
        }
      }
      stop.set(true);
      writer.get();
    }
  }

  private static void writeUntil(AtomicBoolean stop, TestDaemon daemon, List<String> ids) {
    var pids = ids.stream().map(_ -> Unique.pid()).toList();
    try (var writer = daemon.greeted()) {
      for (var round = 0; !stop.get(); round++) {
        for (var i = 0; i < ids.size(); i++) {
          writer.send(Wire.status(ids.get(i), pids.get(i), round));
        }
        writer.expectQuiet();
      }
    }
  }

  /** Each message follows on the one before, and the first on the list. */
  private static void expectContinuation(TestClient client, JsonNode list, int count) {
    var seq = list.path("seq").asLong();
    for (var i = 0; i < count; i++) {
      var message = client.message();
      assertThat(message.path("type").asText()).isIn("session_updated", "session_removed");
      assertThat(message.path("seq").asLong()).isGreaterThan(seq);
      assertThat(message.path("epoch")).isEqualTo(list.path("epoch"));
      seq = message.path("seq").asLong();
    }
  }

  @Test
  void showsOnlyTheSessionsOfTheIdsAskedFor() {
    try (var writer = way.shared().greeted()) {
      var one = Unique.name("one");
      var two = Unique.name("two");
      var other = Unique.name("other");
      var pid = Unique.pid();
      writer.send(Wire.status(one, pid, 1), Wire.status(other, Unique.pid(), 1)).expectQuiet();
      var ids = Wire.json(List.of(one, two));

      try (var client = way.shared().greeted()) {
        var list = client.send(Wire.subscribe("\"session_ids\":" + ids)).expect("session_list");
        writer.send(Wire.status(two, Unique.pid(), 2), Wire.status(other, Unique.pid(), 2));
        writer.send(Wire.status(one, pid, 3)).expectQuiet();

        assertThat(ids(list)).containsExactly(one);
        assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo(two);
        assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo(one);
        client.expectQuiet();
      }
    }
  }

  @Test
  void showsOnlyTheSessionsOfOneHarness() {
    try (var daemon = way.start();
        var writer = daemon.greeted()) {
      writer.send(
          Wire.pi("pi-1", Unique.pid(), "agent_start", Map.of()),
          Wire.status("claude-1", Unique.pid(), 1));
      writer.expectQuiet();

      try (var client = daemon.greeted()) {
        var list = client.send(Wire.subscribe("\"harness\":[\"pi\"]")).expect("session_list");
        writer.send(
            Wire.status("claude-2", Unique.pid(), 1),
            Wire.pi("pi-2", Unique.pid(), "agent_start", Map.of()));
        writer.expectQuiet();

        assertThat(ids(list)).containsExactly("pi-1");
        assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo("pi-2");
        client.expectQuiet();
      }
    }
  }

  @Test
  void tellsWhenASessionLeavesTheFilter() {
    try (var daemon = way.start();
        var writer = daemon.greeted();
        var client = daemon.subscribed("\"status\":\"attention_needed\"")) {
      var pid = Unique.pid();
      writer.send(Wire.hook("s", pid, "UserPromptSubmit", "prompt", "go")).expectQuiet();
      client.expectQuiet();

      writer.send(Wire.hook("s", pid, "PreToolUse", "tool_name", "AskUserQuestion"));
      assertThat(client.expect("session_updated").at("/session/status").asText())
          .isEqualTo("attention_needed");

      writer.send(Wire.hook("s", pid, "PreToolUse", "tool_name", "Bash"));
      var removed = client.expect("session_removed");
      assertThat(removed.path("session_id").asText()).isEqualTo("s");
      assertThat(removed.path("reason").asText()).isEqualTo("filtered");

      writer.send(Wire.hook("s", pid, "SessionEnd")).expectQuiet();
      client.expectQuiet();
    }
  }

  @Test
  void showsOnlyTheSessionsOfOneProject() {
    try (var writer = way.shared().greeted()) {
      var name = Unique.name("shop");
      var shop = repository(way.shared().directory().resolve(name));
      var inside = Unique.name("inside");
      var outside = Unique.name("outside");
      try (var client = way.shared().subscribed("\"project\":" + Wire.json(name))) {
        writer.send(
            Wire.status(outside, Unique.pid(), 1, "cwd", "/"),
            Wire.status(inside, Unique.pid(), 1, "cwd", shop.toString()));
        writer.expectQuiet();

        var update = client.expect("session_updated");
        assertThat(update.at("/session/id").asText()).isEqualTo(inside);
        assertThat(update.at("/session/worktree_branch").asText()).isEqualTo("main");
        client.expectQuiet();
      }
    }
  }

  private static Path repository(Path at) {
    try {
      Files.createDirectories(at.resolve(".git"));
      Files.writeString(at.resolve(".git").resolve("HEAD"), "ref: refs/heads/main\n");
      return at;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void followsASessionThroughARename() {
    try (var writer = way.shared().greeted()) {
      var pid = Unique.pid();
      var real = Unique.name("real");
      var pending = "pending-" + pid;
      try (var client = way.shared().subscribed("\"session_id\":\"" + pending + "\"")) {
        writer.send(
            Wire.message("pi_event", "data", Wire.fields("event", "agent_start", "pid", pid)),
            Wire.pi(real, pid, "agent_end", Map.of()),
            Wire.pi(real, pid, "session_shutdown", Map.of()));
        writer.expectQuiet();

        assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo(pending);
        var renamed = client.expect("session_removed");
        assertThat(renamed.path("reason").asText()).isEqualTo("renamed");
        assertThat(renamed.path("renamed_to").asText()).isEqualTo(real);
        assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo(real);
        assertThat(client.expect("session_removed").path("session_id").asText()).isEqualTo(real);
        client.expectQuiet();
      }
    }
  }

  @Test
  void followsASessionThroughARenameAlsoWhileItReadsNothing() {
    try (var daemon = way.start("limits.outbox_events=10");
        var writer = daemon.greeted()) {
      var pid = Unique.pid();
      var pending = "pending-" + pid;
      var filter = "\"session_ids\":" + Wire.json(List.of(pending, "noise"));
      try (var stuck = daemon.subscribed(filter)) {
        writer.send(
            Wire.message("pi_event", "data", Wire.fields("event", "agent_start", "pid", pid)));
        var noise = Unique.pid();
        for (var i = 0; i < 300; i++) {
          writer.send(Wire.hook("noise", noise, "UserPromptSubmit", "prompt", "x".repeat(4_000)));
        }
        writer.send(Wire.pi("real", pid, "agent_end", Map.of())).expectQuiet();

        var seen = new KnownSessions();
        stuck.untilPong().forEach(seen::follow);

        assertThat(seen.sessions())
            .isEqualTo(KnownSessions.of(daemon).sessions())
            .containsOnlyKeys("noise", "real");
      }
    }
  }

  @Test
  void aFilteredSubscriberThatReadsMissesNothing() {
    var id = Unique.name("every");
    var pid = Unique.pid();
    try (var writer = way.shared().greeted();
        var client = way.shared().subscribed("\"session_id\":" + Wire.json(id))) {
      var updates = IntStream.range(0, 60).mapToObj(cost -> Wire.status(id, pid, cost)).toList();

      writer.send(String.join("\n", updates));

      for (var cost = 0; cost < 60; cost++) {
        var update = client.expect("session_updated");
        assertThat(update.at("/session/cost_usd").asInt()).isEqualTo(cost);
      }
    }
  }

  @Test
  void aStuckSubscriberDelaysNobodyAndConverges() {
    try (var daemon = way.start();
        var stuck = daemon.subscribed();
        var live = daemon.subscribed();
        var writer = daemon.greeted()) {
      var ids = IntStream.range(0, 200).mapToObj(i -> "stuck-" + i).toList();
      var pids = ids.stream().map(_ -> Unique.pid()).toList();
      for (var round = 0; round < 20; round++) {
        for (var i = 0; i < ids.size(); i++) {
          writer.send(Wire.status(ids.get(i), pids.get(i), round));
        }
        writer.expectQuiet();
        drain(live, ids.getLast(), round);
      }
      writer.send(Wire.hook(ids.getFirst(), pids.getFirst(), "SessionEnd")).expectQuiet();

      var seen = new KnownSessions();
      stuck.untilPong().forEach(seen::follow);

      assertThat(seen.sessions()).isEqualTo(KnownSessions.of(daemon).sessions()).hasSize(199);
    }
  }

  @Test
  void aStuckSubscriberThatHasMissedTooMuchBeginsAnew() {
    try (var daemon = way.start("limits.outbox_events=50");
        var stuck = daemon.subscribed();
        var writer = daemon.greeted()) {
      var prompt = "p".repeat(2_000);
      var pids = IntStream.range(0, 1_000).mapToObj(_ -> Unique.pid()).toList();
      for (var i = 0; i < pids.size(); i++) {
        writer.send(Wire.hook("much-" + i, pids.get(i), "UserPromptSubmit", "prompt", prompt));
      }
      for (var i = 0; i < 100; i++) {
        writer.send(Wire.hook("much-" + i, pids.get(i), "SessionEnd"));
      }
      writer.expectQuiet();

      var seen = new KnownSessions();
      seen.follow(
          stuck.await(
              "a list to begin anew with",
              message -> message.path("type").asText().equals("session_list")));
      stuck.untilPong().forEach(seen::follow);

      assertThat(seen.sessions()).isEqualTo(KnownSessions.of(daemon).sessions()).hasSize(900);
    }
  }

  private static void drain(TestClient client, String lastId, int lastCost) {
    client.await(
        "the update of " + lastId + " to " + lastCost,
        message ->
            message.at("/session/id").asText().equals(lastId)
                && message.at("/session/cost_usd").asInt() == lastCost);
  }

  @Test
  void vanishingSubscribersDisturbNobody() {
    try (var live = way.shared().subscribed();
        var writer = way.shared().greeted()) {
      var id = Unique.name("vanish");
      var pid = Unique.pid();
      for (var round = 1; round <= 30; round++) {
        var vanishing = way.shared().subscribed();
        writer.send(Wire.status(id, pid, round));
        vanishing.close();
        drain(live, id, round);
      }
    }
  }

  @Test
  void floodingClientsThatNeverReadDisturbNobody() {
    try (var daemon = way.start();
        var witness = daemon.greeted()) {
      var flood = (Wire.ping(1) + "\n").repeat(5_000) + (Wire.list() + "\n").repeat(5_000);
      var bytes = flood.getBytes(StandardCharsets.UTF_8);
      var flooding = new ArrayList<TestClient>();
      for (var i = 0; i < 5; i++) {
        var client = daemon.connect().send(Wire.connect("flood"));
        while (client.offer(bytes, STANDSTILL) == bytes.length) {
          witness.expectQuiet();
        }
        flooding.add(client);
        witness.expectQuiet();
      }
      witness.send(Wire.status("after", Unique.pid(), 1));

      assertThat(witness.list()).hasSize(1);
      assertThat(flooding.getFirst().line()).contains("connected");
      flooding.forEach(TestClient::close);
      witness.expectQuiet();
    }
  }

  @Test
  void twoClientsWithOneIdDoNotShareASubscription() {
    try (var daemon = way.start();
        var writer = daemon.greeted();
        var first = daemon.connect().send(Wire.connect("atm-cli"), Wire.subscribe());
        var second = daemon.connect().send(Wire.connect("atm-cli"), Wire.subscribe())) {
      var pid = Unique.pid();
      first.expect("connected");
      first.expect("session_list");
      second.expect("connected");
      second.expect("session_list");

      writer.send(Wire.status("s", pid, 1));
      first.expect("session_updated");
      second.expect("session_updated");

      second.send(Wire.message("unsubscribe")).expectQuiet();
      writer.send(Wire.status("s", pid, 2)).expectQuiet();
      first.expect("session_updated");
      second.expectQuiet();

      second.halfClose().expectEnd();
      writer.send(Wire.status("s", pid, 3));
      first.expect("session_updated");
    }
  }

  @Test
  void aPureListenerStays() {
    try (var daemon =
            way.start(
                "timeouts.stalled_frame_seconds=0.2",
                "timeouts.stalled_subscriber_seconds=0.2",
                "timeouts.handshake_seconds=1.5");
        var listener = daemon.subscribed();
        var silent = daemon.connect()) {
      silent.expectError("handshake_timeout");

      try (var writer = daemon.greeted()) {
        writer.send(Wire.status("s", Unique.pid(), 1));
      }

      listener.expect("session_updated");
    }
  }

  @Test
  void whoNeverReadsIsClosedAtLast() {
    try (var daemon = way.start("timeouts.stalled_subscriber_seconds=0.3");
        var stuck = daemon.subscribed();
        var writer = daemon.greeted()) {
      var prompt = "p".repeat(10_000);
      for (var i = 0; i < 200; i++) {
        writer.send(Wire.hook("s" + i, Unique.pid(), "UserPromptSubmit", "prompt", prompt));
      }
      writer.expectQuiet();

      Waiting.until("the stuck subscriber is gone", () -> subscribers(writer) == 0);

      assertThat(stuck.hasEnded()).isFalse();
    }
  }

  @Test
  void whoReadsNothingIsClosedEvenWhenItHasSaidGoodbye() {
    try (var daemon = way.start("timeouts.stalled_subscriber_seconds=0.3");
        var unread = daemon.connect();
        var witness = daemon.greeted()) {
      unread.send(Wire.connect("unread"));
      unread.send((Wire.ping(1) + "\n").repeat(530) + Wire.message("disconnect"));

      Waiting.until(
          "only the witness is connected", () -> metric(witness, "atmd_connections") == 1);
    }
  }

  @Test
  void whoAsksForListsAndReadsNoneHoldsNone() {
    try (var daemon = way.start();
        var witness = daemon.greeted()) {
      for (var i = 0; i < 1_000; i++) {
        witness.send(Wire.status("s" + i, Unique.pid(), 1));
      }
      witness.expectQuiet();
      var asking = new ArrayList<TestClient>();
      for (var i = 0; i < 12; i++) {
        var client = daemon.connect().send(Wire.connect("asks"));
        for (var n = 0; n < 500; n++) {
          client.offer(bytes(Wire.status("s0", i + 1, n) + "\n" + Wire.list() + "\n"), STANDSTILL);
        }
        asking.add(client);
      }

      for (var client : asking) {
        client.expect("connected");
        assertThat(client.expect("session_list").path("sessions")).hasSizeGreaterThan(900);
        client.close();
      }
      witness.expectQuiet();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int subscribers(TestClient client) {
    return metric(client, "atmd_subscribers");
  }

  private static int metric(TestClient client, String name) {
    var metrics = client.send(Wire.message("metrics")).expect("metrics").path("text").asText();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(JsonNode list) {
    return TestClient.sessions(list).stream().map(view -> view.path("id").asText()).toList();
  }
}
