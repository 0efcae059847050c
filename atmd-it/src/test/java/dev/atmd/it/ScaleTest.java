package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Many sessions, many subscribers, and what is said when there are too many. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class ScaleTest {
  private static final int SUBSCRIBERS = 1_000;
  private static final int SESSIONS = 10_000;

  /** How many sessions each subscriber asks for by name. */
  private static final int OWN = SESSIONS / SUBSCRIBERS;

  private final Way way;

  ScaleTest(Way way) {
    this.way = way;
  }

  @Test
  void aThousandSubscribersSeeEveryUpdateOfTheSessionsTheyAskedFor()
      throws InterruptedException, ExecutionException {
    try (var daemon = way.start();
        var crowd = new Crowd()) {
      var everything = crowd.join(daemon);
      everything.send(Wire.connect("all"), Wire.subscribe());
      for (var i = 0; i < SUBSCRIBERS - 1; i++) {
        var own = IntStream.range(i * OWN, (i + 1) * OWN).mapToObj(ScaleTest::id).toList();
        crowd
            .join(daemon)
            .send(Wire.connect("own"), Wire.subscribe("\"session_ids\":" + Wire.json(own)));
      }
      crowd.readUntil("all have a list", () -> all(crowd, member -> member.lists == 1));

      whileWriting(
          daemon,
          SESSIONS,
          () -> crowd.readUntil("every update has come", () -> hasEverything(crowd, everything)));

      assertThat(everything.costs).isEqualTo(state(daemon)).hasSize(SESSIONS);
      for (var i = 1; i < SUBSCRIBERS; i++) {
        var from = (i - 1) * OWN;
        var own = new HashMap<>(everything.costs);
        own.keySet().retainAll(IntStream.range(from, from + OWN).mapToObj(ScaleTest::id).toList());
        assertThat(crowd.members().get(i).costs).isEqualTo(own).hasSize(OWN);
      }
    }
  }

  private static boolean hasEverything(Crowd crowd, Crowd.Member everything) {
    return all(crowd, member -> member == everything || member.updates == 2 * OWN)
        && everything.costs.size() == SESSIONS
        && everything.costs.values().stream().allMatch(cost -> cost == 2.0);
  }

  @Test
  void aThousandSubscribersSeeEverySession() throws InterruptedException, ExecutionException {
    try (var daemon = way.start();
        var crowd = new Crowd()) {
      for (var i = 0; i < SUBSCRIBERS; i++) {
        crowd.join(daemon).send(Wire.connect("all"), Wire.subscribe());
      }
      crowd.readUntil("all have a list", () -> all(crowd, member -> member.lists == 1));

      whileWriting(
          daemon,
          100,
          () ->
              crowd.readUntil(
                  "all know the newest",
                  () ->
                      all(
                          crowd,
                          member ->
                              member.costs.size() == 100
                                  && member.costs.values().stream()
                                      .allMatch(cost -> cost == 2.0))));

      var state = state(daemon);
      assertThat(crowd.members()).allMatch(member -> member.costs.equals(state));
    }
  }

  /** Each session is made, and then updated once, by another thread. */
  private static void whileWriting(TestDaemon daemon, int sessions, Runnable reading)
      throws InterruptedException, ExecutionException {
    var pids = IntStream.range(0, sessions).mapToObj(_ -> Unique.pid()).toList();
    try (var threads = Executors.newSingleThreadExecutor()) {
      var writing =
          threads.submit(() -> {
            try (var writer = daemon.greeted()) {
              for (var cost = 1; cost <= 2; cost++) {
                for (var i = 0; i < sessions; i++) {
                  writer.send(Wire.status(id(i), pids.get(i), cost));
                }
              }
              writer.expectQuiet();
            }
          });
      reading.run();
      writing.get();
    }
  }

  private static boolean all(Crowd crowd, Predicate<Crowd.Member> condition) {
    return crowd.members().stream().allMatch(condition);
  }

  private static Map<String, Double> state(TestDaemon daemon) {
    try (var client = daemon.greeted()) {
      var state = new HashMap<String, Double>();
      client
          .list()
          .forEach(view -> state.put(view.path("id").asText(), view.path("cost_usd").asDouble()));
      return state;
    }
  }

  private static String id(int i) {
    return "scale-" + i;
  }

  @Test
  void refusesASessionTooManyUntilOneIsGone() {
    // Agents that really run here are sessions too, so how many still fit is seen, not known.
    try (var daemon = way.start("limits.sessions=200");
        var client = daemon.greeted()) {
      var pids = new ArrayList<Long>();
      for (var i = 0; i < 200; i++) {
        pids.add(Unique.pid());
        client.send(Wire.status(id(i), pids.getLast(), 1));
      }
      client.untilPong();

      client.send(Wire.status("too-many", Unique.pid(), 1));
      var refused = client.expectError("registry_full");
      assertThat(refused.path("message").asText())
          .isEqualTo("Registry error: registry is full (max: 200 sessions)");
      client.send(Wire.hook("too-many", Unique.pid(), "Stop")).expectError("registry_full");
      client.send(Wire.status(id(0), pids.getFirst(), 2)).expectQuiet();

      client.send(Wire.hook(id(0), pids.getFirst(), "SessionEnd"));
      client.send(Wire.status("fits", Unique.pid(), 1)).expectQuiet();
      assertThat(client.list()).anyMatch(view -> view.path("id").asText().equals("fits"));
    }
  }

  @Test
  void refusesASubscriberTooMany() {
    try (var daemon = way.start("limits.subscribers=2");
        var first = daemon.subscribed();
        var second = daemon.subscribed();
        var third = daemon.greeted()) {
      var refused = third.send(Wire.subscribe()).expectError("too_many_subscribers");
      assertThat(refused.path("message").asText()).isEqualTo("Too many subscribers (max: 2)");
      third.expectQuiet();
      second.send(Wire.subscribe()).expect("session_list");

      first.send(Wire.message("unsubscribe")).expectQuiet();
      third.send(Wire.subscribe()).expect("session_list");
    }
  }

  @Test
  void refusesAConnectionTooMany() {
    try (var daemon = way.start("limits.connections=3")) {
      var clients = List.of(daemon.greeted(), daemon.greeted(), daemon.greeted());
      try (var refused = daemon.connect()) {
        refused.expectError("too_many_connections");
        refused.expectEnd();
      }
      clients.getFirst().halfClose().expectEnd();

      try (var next = daemon.greeted()) {
        next.expectQuiet();
      }
      clients.forEach(TestClient::close);
    }
  }
}
