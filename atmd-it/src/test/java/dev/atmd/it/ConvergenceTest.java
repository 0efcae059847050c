package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever subscribers do, and however little they read: once all is quiet, each holds exactly the
 * state of the registry.
 */
final class ConvergenceTest {
  private static final int SESSIONS = 20;
  private static final int SUBSCRIBERS = 10;
  private static final int ROUNDS = 250;

  /** Longer than a socket holds many of. */
  private static final String PROMPT = "p".repeat(3_000);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everySubscriberEndsUpWithTheStateOfTheRegistry(long seed) {
    var random = new SplittableRandom(seed);
    try (var daemon =
            InProcessDaemon.start(
                "limits.outbox_events=8",
                "limits.outbox_bytes=65536",
                "limits.outboxes_bytes=131072",
                "limits.resumable_events=60");
        var writer = daemon.greeted()) {
      var subscribers = new ArrayList<Watcher>();
      for (var i = 0; i < SUBSCRIBERS; i++) {
        subscribers.add(new Watcher(daemon, random));
      }
      for (var round = 0; round < ROUNDS; round++) {
        for (var i = random.nextInt(1, 20); i > 0; i--) {
          writer.send(change(random));
        }
        subscribers.get(random.nextInt(SUBSCRIBERS)).doSomething(random);
      }
      writer.expectQuiet();

      for (var subscriber : subscribers) {
        subscriber.expectState(KnownSessions.of(daemon).sessions(), "seed " + seed);
        subscriber.close();
      }
    }
  }

  private static String change(SplittableRandom random) {
    var number = random.nextInt(SESSIONS);
    var id = "s-" + number;
    var pid = Unique.FIRST_PID + number;
    return switch (random.nextInt(10)) {
      case 0 -> Wire.hook(id, pid, "SessionEnd");
      case 1, 2 -> Wire.hook(id, pid, "UserPromptSubmit", "prompt", PROMPT);
      case 3 -> Wire.hook(id, pid, "Stop");
      case 4 -> Wire.hook(id, pid, "PreToolUse", "tool_name", "AskUserQuestion");
      default -> Wire.status(id, pid, random.nextInt(1_000));
    };
  }

  /** A subscriber with habits of its own, which may come and go. */
  private static final class Watcher {
    private final TestDaemon daemon;
    private final int minor;
    private final List<String> wishes = new ArrayList<>();
    private final Predicate<JsonNode> filter;
    private KnownSessions known = new KnownSessions();
    private Map<String, Object> position = Map.of();
    private TestClient client;

    Watcher(TestDaemon daemon, SplittableRandom random) {
      this.daemon = daemon;
      this.minor = random.nextInt(3) == 0 ? 0 : 1;
      if (minor == 1) {
        wishes.add("\"interval_ms\":" + random.nextInt(2) * 10);
        wishes.add(
            "\"detail\":\"" + List.of("full", "summary", "redacted").get(random.nextInt(3)) + "\"");
      }
      this.filter = filter(random);
      this.client = subscribed();
    }

    private Predicate<JsonNode> filter(SplittableRandom random) {
      if (minor == 0 || random.nextBoolean()) {
        return _ -> true;
      }
      var status = List.of("working", "idle").get(random.nextInt(2));
      wishes.add("\"status\":\"" + status + "\"");
      return view -> view.path("status").asText().equals(status);
    }

    private TestClient subscribed() {
      var opened = daemon.connect().send(Wire.messageOf(minor, "connect", Map.of()));
      opened.expect("connected");
      var fields = new ArrayList<>(wishes);
      if (minor == 1 && !position.isEmpty()) {
        fields.add("\"since\":" + Wire.json(position));
      } else {
        known = new KnownSessions();
      }
      return opened.send(Wire.subscribe(fields.toArray(String[]::new)));
    }

    void doSomething(SplittableRandom random) {
      switch (random.nextInt(5)) {
        case 0 -> {
          client.close();
          client = subscribed();
        }
        case 1, 2 -> client.available().stream().map(Wire::parse).forEach(this::hear);
        default -> {}
      }
    }

    private void hear(JsonNode message) {
      if (minor == 0) {
        assertThat(message.path("type").asText()).isNotIn("lagged", "resumed");
      }
      known.follow(message);
      if (message.has("seq") && message.has("epoch") && !message.has("events")) {
        position = Map.of("epoch", message.path("epoch"), "seq", message.path("seq"));
      }
    }

    /** Reads until it knows what it should, and then hears nothing that says otherwise. */
    void expectState(Map<String, JsonNode> state, String when) {
      var expected = essence(state, filter);
      while (!essence(known.sessions(), _ -> true).equals(expected)) {
        hear(client.message());
      }
      client.untilPong().forEach(this::hear);
      assertThat(essence(known.sessions(), _ -> true))
          .as("%s, 1.%d %s", when, minor, wishes)
          .isEqualTo(expected);
    }

    /** What all levels of detail show. */
    private static Map<String, String> essence(
        Map<String, JsonNode> sessions, Predicate<JsonNode> filter) {
      var essence = new HashMap<String, String>();
      sessions.forEach((id, view) -> {
        if (filter.test(view)) {
          essence.put(
              id,
              "%s at %s for %s"
                  .formatted(
                      view.path("status").asText(),
                      view.path("last_activity").asText(),
                      view.path("cost_usd").asText()));
        }
      });
      return essence;
    }

    void close() {
      client.close();
    }
  }
}
