package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP on the socket of the lines. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class HttpTest {
  private final Way way;

  HttpTest(Way way) {
    this.way = way;
  }

  private static String prompt(String id) {
    return Wire.json(
        Wire.fields("session_id", id, "hook_event_name", "UserPromptSubmit", "prompt", "go"));
  }

  private static String post(String path, String body, String... headers) {
    var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: atmd\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    var length = body.getBytes(StandardCharsets.UTF_8).length;
    return head.append("Content-Length: ")
        .append(length)
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  private static TestClient say(TestClient client, String text) {
    return client.sendBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The status of the next answer; its headers and an empty body are read. */
  private static String status(TestClient client) {
    var status = client.line().strip();
    var headers = new ArrayList<String>();
    for (var line = client.line().strip(); !line.isEmpty(); line = client.line().strip()) {
      headers.add(line);
    }
    if (headers.stream().anyMatch(header -> header.startsWith("content-type"))) {
      status += ": " + client.line();
    }
    return status;
  }

  @Test
  void takesEventsOneAfterTheOtherOnOneConnection() {
    var daemon = way.shared();
    try (var http = daemon.connect();
        var lines = daemon.extended()) {
      var ids = List.of(Unique.name("s"), Unique.name("s"), Unique.name("s"));
      for (var id : ids) {
        say(
            http,
            post(
                "/v1/agents/claude/events",
                prompt(id),
                "Atm-Ack: applied",
                "Atm-Pane: %9",
                "Atm-Pid: " + Unique.pid()));
        assertThat(status(http)).isEqualTo("HTTP/1.1 204 No Content");
      }

      assertThat(lines.list())
          .filteredOn(session -> ids.contains(session.path("id").asText()))
          .hasSize(3)
          .allSatisfy(session -> {
            assertThat(session.path("tmux_pane").asText()).isEqualTo("%9");
            assertThat(session.path("pid").asLong()).isGreaterThan(Unique.FIRST_PID);
          });
    }
  }

  @Test
  void answersInTheOrderOfTheRequests() {
    try (var http = way.shared().connect()) {
      var path = "/v1/agents/claude/events";
      say(
          http,
          post(path, prompt(Unique.name("s")), "Atm-Ack: applied")
              + post("/nowhere", "{}")
              + post(path, prompt(Unique.name("s")))
              + post(path, "not json")
              + post(path, prompt(Unique.name("s")), "Atm-Ack: applied"));

      assertThat(List.of(status(http), status(http), status(http), status(http), status(http)))
          .extracting(status -> status.substring(9, 12))
          .containsExactly("204", "404", "204", "400", "204");
    }
  }

  @Test
  void appliesARepeatedIdOnce() {
    try (var daemon = way.start();
        var http = daemon.connect();
        var client = daemon.subscribed()) {
      var request =
          post("/v1/agents/codex/events?id=e1&ack=applied", prompt("s").replace("go", "one"));
      say(http, request + request);

      assertThat(status(http)).isEqualTo("HTTP/1.1 204 No Content");
      assertThat(status(http)).isEqualTo("HTTP/1.1 204 No Content");
      assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo("s");
      client.expectQuiet();
    }
  }

  @Test
  void answersAClientThatHasSaidItIsDone() {
    try (var http = way.shared().connect()) {
      say(http, post("/v1/agents/claude/events", prompt(Unique.name("s")), "Connection: close"));

      assertThat(status(http)).startsWith("HTTP/1.1 204");
      http.expectEnd();
    }
  }

  @Test
  void textThatIsNoRequestIsABadLineAsEver() {
    try (var client = way.shared().connect()) {
      client.send("post it").expectError("malformed");
      client.send("POST").expectError("malformed");
    }
    try (var client = way.shared().connect()) {
      client.send("POST").expectError("malformed");
      client.send("  " + Wire.connect("spaces")).expect("connected");
    }
  }

  @Test
  void aRequestMayComeInPieces() {
    var daemon = way.shared();
    try (var http = daemon.connect();
        var other = daemon.greeted()) {
      var request = post("/v1/agents/claude/events", prompt(Unique.name("s")));
      for (var from = 0; from < request.length(); from += 7) {
        var part = request.substring(from, Math.min(from + 7, request.length()));
        say(http, part);
        other.expectQuiet();
      }

      assertThat(status(http)).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void closesWhoSendsHalfARequestAndNoMore() {
    try (var daemon =
            way.start("timeouts.handshake_seconds=1", "timeouts.stalled_frame_seconds=0.2");
        var silent = daemon.connect();
        var stalled = daemon.connect()) {
      say(silent, "POST /v1/ag");
      var request = post("/v1/agents/claude/events", prompt("s"));
      say(stalled, request + request.substring(0, request.length() - 5));

      assertThat(status(silent)).startsWith("HTTP/1.1 408");
      silent.expectEnd();
      assertThat(status(stalled)).startsWith("HTTP/1.1 204");
      assertThat(status(stalled)).startsWith("HTTP/1.1 408").contains("stood still");
      stalled.expectEnd();
    }
  }

  @Test
  void keepsAConnectionThatHasSpokenHttpAndIsSilentBetweenRequests() {
    try (var daemon =
            way.start("timeouts.handshake_seconds=1", "timeouts.stalled_frame_seconds=0.1");
        var http = daemon.connect();
        var silent = daemon.connect()) {
      var request = post("/v1/agents/claude/events", prompt("s"));
      say(http, request);
      assertThat(status(http)).startsWith("HTTP/1.1 204");
      say(silent, "POST /v1/ag");
      assertThat(status(silent)).startsWith("HTTP/1.1 408");
      silent.expectEnd();

      say(http, request);

      assertThat(status(http)).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void curlIsAllThatASenderNeeds() {
    if (!Commands.has("curl")) {
      return;
    }
    var daemon = way.shared();
    var id = Unique.name("s");

    var output =
        Commands.run(
            "curl",
            "-s",
            "-w",
            "%{http_code}",
            "--unix-socket",
            daemon.socket().toString(),
            "-H",
            "Atm-Ack: applied",
            "--data-binary",
            prompt(id),
            "http://atmd/v1/agents/claude/events");

    assertThat(output).isEqualTo("204");
    try (var client = daemon.greeted()) {
      assertThat(client.list()).anyMatch(session -> session.path("id").asText().equals(id));
    }
  }
}
