package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What protocol 1.1 promises to subscribers (docs/protocol.md). */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class SubscriberContractTest {
  private final Way way;

  SubscriberContractTest(Way way) {
    this.way = way;
  }

  @Test
  void whoComesBackHearsOnlyWhatItHasMissed() {
    try (var daemon = way.start();
        var writer = daemon.greeted()) {
      writer.send(Wire.status("a", 0x7000_0001L, 1), Wire.status("b", 0x7000_0002L, 1));
      writer.expectQuiet();
      var list = listOf(daemon);
      writer.send(Wire.status("a", 0x7000_0001L, 2), Wire.status("a", 0x7000_0001L, 3));
      writer.send(Wire.hook("b", 0x7000_0002L, "SessionEnd")).expectQuiet();

      try (var back = daemon.extended().send(subscribe(since(list)))) {
        var resumed = back.expect("resumed");
        assertThat(resumed.path("events").asInt()).isEqualTo(3);
        assertThat(resumed.path("epoch")).isEqualTo(list.path("epoch"));
        assertThat(cost(back.expect("session_updated"))).isEqualTo(2);
        assertThat(cost(back.expect("session_updated"))).isEqualTo(3);
        var removed = back.expect("session_removed");
        assertThat(removed.path("seq")).isEqualTo(resumed.path("seq"));

        writer.send(Wire.status("a", 0x7000_0001L, 4));
        assertThat(cost(back.expect("session_updated"))).isEqualTo(4);
      }
    }
  }

  @Test
  void whoHasMissedNothingHearsThat() {
    try (var daemon = way.start()) {
      var list = listOf(daemon);

      try (var back = daemon.extended().send(subscribe(since(list)))) {
        assertThat(back.expect("resumed").path("events").asInt()).isZero();
        back.expectQuiet();
      }
    }
  }

  @Test
  void whoWasAwayForTooLongGetsAList() {
    try (var daemon = way.start("limits.resumable_events=2");
        var writer = daemon.greeted()) {
      var list = listOf(daemon);
      writer.send(
          Wire.status("a", 0x7000_0001L, 1),
          Wire.status("a", 0x7000_0001L, 2),
          Wire.status("a", 0x7000_0001L, 3));
      writer.expectQuiet();

      try (var back = daemon.extended().send(subscribe(since(list)))) {
        assertThat(back.expect("session_list").path("sessions")).hasSize(1);
      }
    }
  }

  @Test
  void aPlaceInAnotherStreamIsNone() {
    try (var client = way.shared().extended()) {
      client.send(subscribe("\"since\":{\"epoch\":\"another\",\"seq\":0}"));
      var list = client.expect("session_list");
      var future = list.path("seq").asLong() + 1_000_000_000;
      client.send(
          subscribe("\"since\":" + Wire.json(Map.of("epoch", list.path("epoch"), "seq", future))));
      client.await("another list", message -> isOfType(message, "session_list"));
    }
  }

  @Test
  void aFilteredSubscriberThatComesBackHearsWhatHasLeftItsFilter() {
    try (var daemon = way.start();
        var writer = daemon.greeted()) {
      writer.send(
          Wire.hook("a", 0x7000_0001L, "UserPromptSubmit", "prompt", "go"),
          Wire.hook("b", 0x7000_0002L, "UserPromptSubmit", "prompt", "go"));
      writer.expectQuiet();
      var list = listOf(daemon);
      writer.send(Wire.hook("a", 0x7000_0001L, "Stop"), Wire.status("b", 0x7000_0002L, 2));
      writer.expectQuiet();

      try (var back = daemon.extended()) {
        back.send(subscribe(since(list), "\"status\":\"working\""));
        back.expect("resumed");
        assertThat(back.expect("session_removed").path("reason").asText()).isEqualTo("filtered");
        assertThat(cost(back.expect("session_updated"))).isEqualTo(2);
        writer.send(Wire.hook("a", 0x7000_0001L, "SessionEnd")).expectQuiet();
        back.expectQuiet();
      }
    }
  }

  @Test
  void whoDidNotKeepUpIsToldBeforeTheNewestOfEachSession() {
    try (var daemon = way.start("limits.outbox_events=20");
        var writer = daemon.greeted();
        var stuck = daemon.extended().send(subscribe())) {
      stuck.expect("session_list");
      var last = flood(writer, 400);

      var heard = untilCost(stuck, last);

      var lagged = heard.stream().filter(message -> isOfType(message, "lagged")).toList();
      assertThat(lagged).hasSize(1);
      assertThat(lagged.getFirst().path("replaced").asInt()).isPositive();
      assertThat(lagged.getFirst().path("dropped").asInt()).isZero();
      assertThat(heard.size()).isLessThan(400);
      stuck.expectQuiet();
    }
  }

  @Test
  void whoDidNotKeepUpAndSpeaks1_0GetsAList() {
    try (var daemon = way.start("limits.outbox_events=20");
        var writer = daemon.greeted();
        var stuck = daemon.subscribed()) {
      var last = flood(writer, 400);

      var list =
          stuck.await("a list to begin anew with", message -> isOfType(message, "session_list"));

      assertThat(list.at("/sessions/0/cost_usd").asInt()).isEqualTo(last);
      stuck.expectQuiet();
    }
  }

  /** So many updates of one session, with prompts that fill a socket; the cost of the last. */
  private static int flood(TestClient writer, int updates) {
    writer.send(Wire.hook("s", 0x7000_0001L, "UserPromptSubmit", "prompt", "x".repeat(4_000)));
    for (var cost = 1; cost <= updates; cost++) {
      writer.send(Wire.status("s", 0x7000_0001L, cost));
    }
    writer.expectQuiet();
    return updates;
  }

  @Test
  void aSummaryIsWhatAStatusBarNeeds() {
    var name = Unique.name("summary");
    try (var writer = way.shared().greeted();
        var client = way.shared().extended()) {
      client.send(subscribe("\"detail\":\"summary\"", "\"session_id\":" + Wire.json(name)));
      client.expect("session_list");
      writer.send(
          Wire.hook(name, Unique.pid(), "UserPromptSubmit", "prompt", "secret", "cwd", "/secret"));

      var view = client.expect("session_updated").path("session");

      assertThat(view.path("status").asText()).isEqualTo("working");
      assertThat(view.toString()).doesNotContain("secret").contains("context_percentage");
      assertThat(view.has("first_prompt")).isFalse();
      client.send(subscribe("\"detail\":\"summary\"", "\"session_id\":" + Wire.json(name)));
      assertThat(client.expect("session_list").at("/sessions/0")).isEqualTo(view);
    }
  }

  @Test
  void aRedactedScreenShowsNoPromptsPathsAndCommands() {
    var name = Unique.name("redacted");
    var pid = Unique.pid();
    try (var writer = way.shared().greeted();
        var client = way.shared().extended()) {
      client.send(subscribe("\"detail\":\"redacted\"", "\"session_id\":" + Wire.json(name)));
      client.expect("session_list");
      writer.send(
          Wire.hook(name, pid, "UserPromptSubmit", "prompt", "secret", "cwd", "/secret/place"),
          Wire.status(name, pid, 1, "cwd", "/secret/place"),
          Wire.hook(name, pid, "PreToolUse", "tool_name", "Bash"));
      writer.expectQuiet();

      var messages = client.untilPong();

      assertThat(messages.toString()).doesNotContain("secret").contains("\"cwd\":\"place\"");
      assertThat(messages.getLast().at("/session/activity_detail").asText()).isEqualTo("Bash");
    }
  }

  @Test
  void aPacedSubscriberHearsTheNewestAndNotEverything() {
    var name = Unique.name("paced");
    var pid = Unique.pid();
    try (var writer = way.shared().greeted();
        var client = way.shared().extended()) {
      client.send(subscribe("\"interval_ms\":100", "\"session_id\":" + Wire.json(name)));
      client.expect("session_list");
      for (var cost = 1; cost <= 50; cost++) {
        writer.send(Wire.status(name, pid, cost)).expectQuiet();
      }

      assertThat(untilCost(client, 50).size()).isLessThan(50);
      client.expectQuiet();
    }
  }

  @Test
  void anAcknowledgedReportHasBeenApplied() {
    var name = Unique.name("ack");
    try (var client = way.shared().extended()) {
      client.send(acknowledged(Wire.status(name, Unique.pid(), 7), "e-1"));
      assertThat(client.expect("ack").path("id").asText()).isEqualTo("e-1");
      var listed = client.list().stream().map(view -> view.path("id").asText());
      assertThat(listed).contains(name);

      client.send(acknowledged(Wire.hook(name, Unique.pid(), "NobodyKnowsThis"), "e-2"));
      assertThat(client.expect("ack").path("id").asText()).isEqualTo("e-2");

      var stop = Map.of("session_id", name, "hook_event_name", "Stop");
      client.send(
          Wire.messageOf(1, "agent_event", Map.of("ack", true, "harness", "claude", "data", stop)));
      assertThat(client.expect("ack").has("id")).isFalse();
    }
  }

  @Test
  void aRefusedReportIsAnsweredInsteadOfAcknowledged() {
    try (var daemon = way.start("limits.sessions=1");
        var client = daemon.extended()) {
      client.send(acknowledged(Wire.status("a", 0x7000_0001L, 1), "e-1"));
      client.expect("ack");

      client.send(acknowledged(Wire.status("b", 0x7000_0002L, 1), "e-2"));
      client.expectError("registry_full");
      client.send(acknowledged(Wire.message("hook_event", "data", 7), "e-3"));
      client.expectError("invalid_payload");
      client.expectQuiet();
    }
  }

  /** The list that a subscriber of 1.1 gets who leaves at once. */
  private static JsonNode listOf(TestDaemon daemon) {
    try (var client = daemon.extended().send(subscribe())) {
      return client.expect("session_list");
    }
  }

  private static String subscribe(String... fields) {
    return Wire.subscribe(fields);
  }

  private static String since(JsonNode list) {
    return "\"since\":" + Wire.json(Map.of("epoch", list.path("epoch"), "seq", list.path("seq")));
  }

  private static String acknowledged(String message, String id) {
    return message.substring(0, message.length() - 1) + ",\"ack\":true,\"id\":\"" + id + "\"}";
  }

  private static List<JsonNode> untilCost(TestClient client, int last) {
    var heard = new ArrayList<JsonNode>();
    var _ =
        client.await(
            "the update to " + last,
            message -> {
              heard.add(message);
              return cost(message) == last;
            });
    return heard;
  }

  private static int cost(JsonNode message) {
    return message.at("/session/cost_usd").asInt();
  }

  private static boolean isOfType(JsonNode message, String type) {
    return message.path("type").asText().equals(type);
  }
}
