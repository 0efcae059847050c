package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty thousand broken frames: nothing that anyone sends can break the daemon for others. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class FuzzTest {
  private static final int FRAMES = 20_000;
  private static final int CONNECTIONS = 8;
  private static final int FRAMES_PER_WRITE = 50;

  /** Another one can be given, to see a failure again. */
  private static final long SEED = Long.getLong("atmd.it.seed", 20_261_121L);

  private final Way way;

  FuzzTest(Way way) {
    this.way = way;
  }

  @Test
  void brokenFramesDisturbNobody() {
    try (var daemon = way.start();
        var observer = daemon.subscribed()) {
      try {
        pour(daemon, observer);
        expectService(daemon, observer);
      } catch (AssertionError failure) {
        throw new AssertionError("with -Datmd.it.seed=" + SEED, failure);
      }
    }
  }

  private static void pour(TestDaemon daemon, TestClient observer) {
    var random = new Random(SEED);
    var mutations = new Mutations(random);
    var clients = new ArrayList<TestClient>();
    for (var i = 0; i < CONNECTIONS; i++) {
      clients.add(daemon.greeted());
    }
    for (var sent = 0; sent < FRAMES; sent += FRAMES_PER_WRITE) {
      var which = random.nextInt(CONNECTIONS);
      clients.get(which).offer(chunk(mutations), TestClient.PATIENCE);
      for (var client : clients) {
        expectMessages(client.available());
      }
      expectMessages(observer.available());
      if (clients.get(which).hasEnded()) {
        clients.get(which).close();
        clients.set(which, random.nextBoolean() ? daemon.greeted() : daemon.connect());
      }
    }
    clients.forEach(TestClient::close);
  }

  private static byte[] chunk(Mutations mutations) {
    var chunk = new ByteArrayOutputStream();
    for (var i = 0; i < FRAMES_PER_WRITE; i++) {
      chunk.writeBytes(mutations.next());
    }
    return chunk.toByteArray();
  }

  private static void expectMessages(List<String> lines) {
    for (var line : lines) {
      var message = Wire.parse(line);
      assertThat(message.path("type").asText()).isNotEmpty();
      assertThat(message.path("code").asText()).isNotEqualTo("internal");
    }
  }

  private static void expectService(TestDaemon daemon, TestClient observer) {
    observer
        .untilPong()
        .forEach(message ->
            assertThat(message.path("type").asText()).isIn("session_updated", "session_removed"));
    try (var fresh = daemon.greeted()) {
      fresh.send(Wire.status("after-all", Unique.pid(), 1));

      assertThat(fresh.list()).anyMatch(view -> view.path("id").asText().equals("after-all"));
      observer.await(
          "the update of the fresh client",
          message -> {
            assertThat(message.path("type").asText()).isIn("session_updated", "session_removed");
            return message.at("/session/id").asText().equals("after-all");
          });
    }
  }
}
