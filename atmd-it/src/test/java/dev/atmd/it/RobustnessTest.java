package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The robustness suite of the reference daemon, test by test. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class RobustnessTest {
  private final TestDaemon daemon;
  private final List<TestClient> clients = new ArrayList<>();

  RobustnessTest(Way way) {
    daemon = way.shared();
  }

  @AfterEach
  void leave() {
    clients.forEach(TestClient::close);
  }

  @Test
  void malformedJsonHandledGracefully() {
    var client = connect().send("this is not valid json");

    client.expectError("malformed");
    expectService();
  }

  @Test
  void emptyLineHandled() {
    var client = connect().send("");

    client.expectError("malformed");
    expectService();
  }

  @Test
  void partialJsonHandled() {
    var client = connect().sendBytes("{\"protocol_version\"".getBytes(StandardCharsets.UTF_8));
    expectService();

    client.send("").expectError("malformed");

    var fresh = connect().send(Wire.message("connect")).expect("connected");
    assertThat(fresh.path("client_id").asText()).startsWith("client-");
  }

  @Test
  void unknownMessageTypeHandled() {
    var client = greeted();

    client.send(
        "{\"protocol_version\":{\"major\":1,\"minor\":0},\"message\":{\"UnknownType\":{\"data\":\"test\"}}}");

    client.expectError("malformed");
    expectService();
  }

  @Test
  void oversizedMessageRejected() {
    var client = connect().send(Wire.message("status_update", "data", "x".repeat(2 << 20)));

    client.expectError("frame_too_large");
    expectService();
  }

  @Test
  void rapidConnectDisconnect() {
    for (var i = 0; i < 20; i++) {
      greeted().send(Wire.message("disconnect"));
    }

    var last = connect().send(Wire.connect("final")).expect("connected");
    assertThat(last.path("client_id").asText()).isEqualTo("final");
  }

  @Test
  void manyConcurrentConnections() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(20)) {
      var all = new ArrayList<Future<?>>();
      IntStream.range(0, 20).forEach(i -> all.add(threads.submit(() -> listAndPing(i))));
      for (var one : all) {
        one.get();
      }
    }
  }

  private void listAndPing(int i) {
    try (var client = daemon.connect()) {
      client.send(Wire.connect("concurrent-" + i));
      assertThat(client.expect("connected").path("client_id").asText())
          .isEqualTo("concurrent-" + i);
      client.send(Wire.list()).expect("session_list");
      assertThat(client.send(Wire.ping(i)).expect("pong").path("seq").asInt()).isEqualTo(i);
    }
  }

  @Test
  void rapidStatusUpdates() {
    var id = Unique.name("rapid");
    var client = greeted();

    for (var i = 0; i < 50; i++) {
      client.send(Wire.status(id, Unique.FIRST_PID - 1, 0.01 * i));
    }

    var mine = sessions(client, id);
    assertThat(mine).hasSize(1);
    assertThat(mine.getFirst().path("cost_usd").asDouble()).isEqualTo(0.49);
  }

  @Test
  void multipleSessionsRapidUpdates() {
    var prefix = Unique.name("session");
    var client = greeted();

    for (var session = 0; session < 10; session++) {
      var pid = Unique.pid();
      for (var update = 0; update < 10; update++) {
        client.send(Wire.status(prefix + "-" + session, pid, 0.01 * update));
      }
    }

    var mine = sessions(client, prefix);
    assertThat(mine).hasSize(10).allMatch(view -> view.path("cost_usd").asDouble() == 0.09);
  }

  @Test
  void clientContinuesAfterError() {
    var client = greeted();

    client.send(Wire.message("status_update", "data", Wire.fields("not_session_id", "missing")));

    assertThat(client.expectError("invalid_payload").path("message").asText())
        .isEqualTo("Parse error: Missing session_id");
    assertThat(client.send(Wire.ping(42)).expect("pong").path("seq").asInt()).isEqualTo(42);
  }

  @Test
  void multipleErrorsDontBreakConnection() {
    var client = greeted();

    for (var i = 0; i < 5; i++) {
      client.send(Wire.message("status_update", "data", Wire.fields("invalid", "data")));
      client.expectError("invalid_payload");
    }

    client.send(Wire.list()).expect("session_list");
  }

  @Test
  void subscriberReceivesSessionUpdates() {
    var id = Unique.name("broadcast");
    var subscriber = greeted();
    subscriber.send(Wire.subscribe()).expect("session_list");

    greeted().send(Wire.status(id, Unique.pid(), 0.05));

    var update =
        subscriber.await("the update", message -> message.at("/session/id").asText().equals(id));
    assertThat(update.path("type").asText()).isEqualTo("session_updated");
  }

  @Test
  void subscribeBeforeSessionsExist() {
    var client = greeted().send(Wire.subscribe("\"session_id\":\"" + Unique.name("none") + "\""));

    assertThat(client.expect("session_list").path("sessions")).isEmpty();
  }

  @Test
  void unsubscribeWhenNotSubscribed() {
    greeted().send(Wire.message("unsubscribe")).expectQuiet();
  }

  @Test
  void doubleSubscribe() {
    var client = greeted();

    client.send(Wire.subscribe()).expect("session_list");
    client.send(Wire.subscribe());

    client.await("a second list", message -> message.path("type").asText().equals("session_list"));
  }

  @Test
  void emptySessionId() {
    greeted()
        .send(
            Wire.message(
                "status_update",
                "data",
                Wire.fields("session_id", "", "model", Wire.fields("id", "claude-sonnet-4"))))
        .expectQuiet();
  }

  private static List<JsonNode> sessions(TestClient client, String prefix) {
    return client.list().stream()
        .filter(view -> view.path("id").asText().startsWith(prefix))
        .toList();
  }

  private void expectService() {
    connect().send(Wire.message("connect")).expect("connected");
  }

  private TestClient connect() {
    return remembered(daemon.connect());
  }

  private TestClient greeted() {
    return remembered(daemon.greeted());
  }

  private TestClient remembered(TestClient client) {
    clients.add(client);
    return client;
  }
}
