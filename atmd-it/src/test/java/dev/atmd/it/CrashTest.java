package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * A daemon that is killed again and again, under load, at any moment. What it has acknowledged is
 * there afterwards, once and in order; what has ended stays ended. {@code -Datmd.crash.rounds=200}
 * makes it thorough, {@code -Datmd.crash.seed} repeats a run.
 */
final class CrashTest {
  private static final int ROUNDS = Integer.getInteger("atmd.crash.rounds", 10);
  private static final long SEED = Long.getLong("atmd.crash.seed", 20_261_121L);
  private static final int SESSIONS = 8;

  /** How many of a session's events may be under way. */
  private static final int WINDOW = 16;

  private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
  private final Random random = new Random(SEED);
  private final Map<String, Reporter> reporters = new LinkedHashMap<>();
  private final List<String> ended = new ArrayList<>();
  private int began;

  /** Reports that have not been answered. */
  private int underWay;

  @Test
  void forgetsNothingThatItHasAcknowledged() {
    try (var files = TestDirectory.create();
        var _ = killer) {
      for (var round = 0; round < ROUNDS; round++) {
        var daemon = ProcessDaemon.start(files);
        var where = "seed %d, round %d".formatted(SEED, round);
        check(daemon, where);
        populate();
        load(daemon);
        assertThat(daemon.isAlive()).as(where).isFalse();
      }
      try (var daemon = ProcessDaemon.start(files)) {
        check(daemon, "seed %d, at the end".formatted(SEED));
        assertThat(reporters.values().stream().mapToInt(Reporter::acknowledged).sum())
            .as("acknowledged events")
            .isGreaterThan(ROUNDS);
      }
    }
  }

  private void populate() {
    while (reporters.size() < SESSIONS) {
      var name = "session-" + ++began;
      reporters.put(name, new Reporter(name));
    }
  }

  /** Reports as fast as answers come, until the daemon is killed. */
  private void load(ProcessDaemon daemon) {
    try (var client = daemon.extended()) {
      report(client, random.nextInt(1, 200), () -> false);
      var killed = killer.schedule(daemon::kill, random.nextInt(30_000), TimeUnit.MICROSECONDS);
      try {
        report(client, Integer.MAX_VALUE, client::hasEnded);
      } catch (UncheckedIOException | AssertionError _) {
        // It was killed in the middle of whatever was said.
      }
      await(killed);
    }
    reporters.values().forEach(Reporter::disconnected);
    underWay = 0;
  }

  /** Until there have been so many answers, or until it is over. */
  private void report(TestClient client, int answers, BooleanSupplier over) {
    for (var answer = 0; answer < answers && !over.getAsBoolean(); answer++) {
      for (var reporter : reporters.values()) {
        while (underWay < WINDOW * SESSIONS && random.nextInt(4) > 0) {
          client.send(reporter.next());
          underWay++;
        }
      }
      if (random.nextInt(50) == 0) {
        end(client);
      }
      var ack = client.expect("ack");
      underWay--;
      if (ack.path("durable").asBoolean()) {
        acknowledge(ack.path("id").asText());
      }
    }
  }

  private void acknowledge(String id) {
    var slash = id.lastIndexOf('/');
    var reporter = reporters.get(id.substring(0, slash));
    if (id.endsWith("/end")) {
      ended.add(id.substring(0, slash));
    } else if (reporter != null) {
      reporter.acknowledged(id);
    }
  }

  /** One session ends; whether the daemon still heard that, its acknowledgement tells. */
  private void end(TestClient client) {
    var name = reporters.keySet().stream().skip(random.nextInt(reporters.size())).findFirst();
    var session = name.orElseThrow();
    reporters.remove(session);
    populate();
    var data = Map.of("session_id", session, "hook_event_name", "SessionEnd");
    underWay++;
    client.send(
        Wire.messageOf(
            1,
            "agent_event",
            Map.of("ack", true, "id", session + "/end", "harness", "claude", "data", data)));
  }

  private static void await(Future<?> done) {
    try {
      done.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Compares what the daemon knows with what it has acknowledged. */
  private void check(ProcessDaemon daemon, String where) {
    try (var client = daemon.extended()) {
      client.send(Wire.list());
      var present = new ArrayList<String>();
      client
          .expect("session_list")
          .path("sessions")
          .forEach(view -> present.add(view.path("id").asText()));
      assertThat(present).as("%s: sessions", where).noneMatch(ended::contains);
      for (var reporter : reporters.values()) {
        if (reporter.acknowledged() > 0) {
          assertThat(present).as("%s: sessions", where).contains(reporter.session());
          checkPrompts(prompts(client, reporter.session()), reporter, where);
        }
      }
    }
  }

  private static void checkPrompts(List<String> told, Reporter reporter, String where) {
    assertThat(told)
        .as(
            "%s: prompts of %s, of which %d were acknowledged and %d sent",
            where, reporter.session(), reporter.acknowledged(), reporter.sent())
        .hasSizeBetween(reporter.acknowledged(), reporter.sent())
        .isEqualTo(Reporter.promptsUpTo(told.size()));
  }

  /** All of them, the oldest first, page by page. */
  private static List<String> prompts(TestClient client, String session) {
    var pages = new ArrayList<List<String>>();
    Long before = null;
    do {
      var question = Wire.fields("session", session, "limit", 1_000);
      if (before != null) {
        question.put("before", before);
      }
      client.send(Wire.messageOf(1, "history", question));
      var answer = client.expect("history");
      var page = new ArrayList<String>();
      for (var entry : answer.path("entries")) {
        if (isPromptOf(entry, session)) {
          page.add(entry.path("text").asText());
        }
      }
      pages.add(page);
      before = answer.has("before") ? (Long) answer.path("before").asLong() : null;
    } while (before != null);
    return pages.reversed().stream().flatMap(List::stream).toList();
  }

  /** A name may be the beginning of another one. */
  private static boolean isPromptOf(JsonNode entry, String session) {
    return entry.path("kind").asText().equals("prompt")
        && entry.path("session").asText().equals(session);
  }
}
