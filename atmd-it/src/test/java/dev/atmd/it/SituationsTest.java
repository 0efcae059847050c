package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said in every situation, before and after the handshake (atm-protocol §1.2, §4, §9).
 * Where the reference closes without a word, an error with a code comes and the conversation goes
 * on.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class SituationsTest {
  private static final int FRAME_BYTES = 1 << 20;
  private static final byte[] INVALID_UTF8 = {'"', (byte) 0xC3, '(', '"', '\n'};

  private final Way way;

  SituationsTest(Way way) {
    this.way = way;
  }

  /** A line that is no message, and the code of the answer. */
  record BadLine(String what, String text, String code) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<BadLine> badLines() {
    var head = "{\"protocol_version\":{\"major\":1,\"minor\":0},";
    return Stream.of(
        new BadLine("malformed JSON", "not json", "malformed"),
        new BadLine("empty line", "", "malformed"),
        new BadLine("line of blanks", " \t ", "malformed"),
        new BadLine("array", "[1]", "malformed"),
        new BadLine("byte order mark", "\uFEFF" + Wire.ping(1), "malformed"),
        new BadLine("two objects", Wire.ping(1) + Wire.ping(2), "malformed"),
        new BadLine("incomplete object", "{\"protocol_version\":{", "malformed"),
        new BadLine("unknown type", head + "\"type\":\"nonsense\"}", "unknown_type"),
        new BadLine("type in other case", head + "\"type\":\"Ping\",\"seq\":1}", "unknown_type"),
        new BadLine("no type", head + "\"seq\":1}", "malformed"),
        new BadLine("type is a number", head + "\"type\":5}", "malformed"),
        new BadLine("no version", "{\"type\":\"ping\",\"seq\":1}", "malformed"),
        new BadLine(
            "version is a string",
            "{\"protocol_version\":\"1.0\",\"type\":\"ping\",\"seq\":1}",
            "malformed"),
        new BadLine(
            "version too large",
            "{\"protocol_version\":{\"major\":65536,\"minor\":0},\"type\":\"ping\",\"seq\":1}",
            "malformed"),
        new BadLine("missing field", head + "\"type\":\"ping\"}", "malformed"),
        new BadLine("wrong field type", head + "\"type\":\"ping\",\"seq\":\"1\"}", "malformed"),
        new BadLine("negative number", head + "\"type\":\"ping\",\"seq\":-1}", "malformed"),
        new BadLine("fraction", head + "\"type\":\"ping\",\"seq\":1.0}", "malformed"),
        new BadLine(
            "too large a number",
            head + "\"type\":\"ping\",\"seq\":18446744073709551616}",
            "malformed"),
        new BadLine("field twice", head + "\"type\":\"ping\",\"seq\":1,\"seq\":2}", "malformed"),
        new BadLine("no data", head + "\"type\":\"hook_event\"}", "malformed"),
        new BadLine(
            "client id is a number", head + "\"type\":\"connect\",\"client_id\":1}", "malformed"),
        new BadLine(
            "too deep",
            head + "\"type\":\"ping\",\"seq\":1,\"x\":" + "[".repeat(127) + "]".repeat(127) + "}",
            "malformed"),
        new BadLine(
            "lone surrogate", head + "\"type\":\"ping\",\"seq\":1,\"x\":\"\\ud800\"}", "malformed"),
        new BadLine(
            "overflowing number", head + "\"type\":\"ping\",\"seq\":1,\"x\":1e400}", "malformed"),
        new BadLine("comment", "/* */" + Wire.ping(1), "malformed"),
        new BadLine("single quotes", "{'type':'ping'}", "malformed"),
        new BadLine("oversized line", "x".repeat(FRAME_BYTES), "frame_too_large"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void answersABadLineBeforeTheHandshakeAndGoesOn(BadLine bad) {
    try (var client = way.shared().connect()) {
      var answer = client.send(bad.text).expectError(bad.code);
      assertThat(answer.path("message").asText()).isNotEmpty();

      client.send(Wire.connect("patient")).expect("connected");
      client.expectQuiet();
    }
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void answersABadLineAfterTheHandshakeAndGoesOn(BadLine bad) {
    try (var client = way.shared().greeted()) {
      var answer = client.send(bad.text).expectError(bad.code);
      assertThat(answer.path("message").asText()).isNotEmpty();

      client.expectQuiet();
    }
  }

  @Test
  void answersInvalidUtf8AndGoesOn() {
    try (var client = way.shared().connect()) {
      client.sendBytes(INVALID_UTF8).expectError("invalid_utf8");
      client.send(Wire.connect("patient")).expect("connected");
      client.sendBytes(INVALID_UTF8).expectError("invalid_utf8");
      client.expectQuiet();
    }
  }

  @Test
  void hundredBadLinesInARowEndTheConversation() {
    try (var client = way.shared().greeted()) {
      client.send("bad\n".repeat(98) + "bad");
      for (var i = 0; i < 99; i++) {
        client.expectError("malformed");
      }
      client.expectQuiet();

      client.send("bad\n".repeat(99) + "bad");

      for (var i = 0; i < 99; i++) {
        client.expectError("malformed");
      }
      client.expectError("too_many_bad_lines");
      client.expectEnd();
    }
  }

  @Test
  void aHundredBadLinesBeforeTheHandshakeEndItToo() {
    try (var client = way.shared().connect()) {
      client.send("bad\n".repeat(99) + "bad");

      var lines = client.untilEnd();

      assertThat(lines).hasSize(100);
      assertThat(lines.getLast()).contains("\"code\":\"too_many_bad_lines\"");
    }
  }

  @Test
  void takesALineOfExactlyTheLimit() {
    try (var client = way.shared().greeted()) {
      var blanks = " ".repeat(FRAME_BYTES - 1 - Wire.ping(7).length());

      client.send(Wire.ping(7) + blanks).expect("pong");
      client.send(Wire.ping(7) + blanks + " ").expectError("frame_too_large");
      client.expectQuiet();
    }
  }

  @Test
  void takesATinyPieceAtATime() {
    try (var client = way.shared().connect()) {
      for (var octet : (Wire.connect("é-slow") + "\n").getBytes(StandardCharsets.UTF_8)) {
        client.sendBytes(new byte[] {octet});
      }

      assertThat(client.expect("connected").path("client_id").asText()).isEqualTo("é-slow");
    }
  }

  @Test
  void takesManyLinesInOnePiece() {
    try (var client = way.shared().connect()) {
      client.send(Wire.connect("p"), Wire.ping(1), Wire.list(), Wire.ping(2));

      client.expect("connected");
      client.expect("pong");
      client.expect("session_list");
      client.expect("pong");
    }
  }

  @Test
  void takesBlanksAroundTheObjectAndCarriageReturns() {
    try (var client = way.shared().greeted()) {
      client.send(" \t" + Wire.ping(3) + " \r").expect("pong");
    }
  }

  @Test
  void waitsForTheRestOfALine() {
    try (var client = way.shared().greeted()) {
      var ping = Wire.ping(4);
      client.sendBytes(ping.substring(0, 20).getBytes(StandardCharsets.UTF_8));
      try (var other = way.shared().greeted()) {
        other.expectQuiet();
      }

      client.send(ping.substring(20)).expect("pong");
    }
  }

  @Test
  void ignoresUnknownFieldsAndTheirOrder() {
    try (var client = way.shared().greeted()) {
      var pong =
          client
              .send(
                  "{\"x\":[1,{\"y\":null}],\"seq\":18446744073709551615,\"data\":1,\"type\":\"ping\",\"protocol_version\":{\"minor\":9,\"z\":1,\"major\":9}}")
              .line();

      assertThat(pong).isEqualTo("{\"type\":\"pong\",\"seq\":18446744073709551615}");
    }
  }

  @Test
  void answersACompleteMessageWithoutALineEnd() {
    try (var client = way.shared().connect()) {
      client
          .sendBytes((Wire.connect("c") + "\n" + Wire.ping(5)).getBytes(StandardCharsets.UTF_8))
          .halfClose();

      client.expect("connected");
      client.expect("pong");
      client.expectEnd();
    }
  }

  @Test
  void greetsAConnectWithoutALineEnd() {
    try (var client = way.shared().connect()) {
      client.sendBytes(Wire.connect("c").getBytes(StandardCharsets.UTF_8)).halfClose();

      client.expect("connected");
      client.expectEnd();
    }
  }

  @Test
  void endsAfterAnIncompleteMessage() {
    try (var client = way.shared().greeted()) {
      client.sendBytes("{\"protocol".getBytes(StandardCharsets.UTF_8)).halfClose();

      client.expectError("malformed");
      client.expectEnd();
    }
  }

  @Test
  void endsWhenNothingWasSaid() {
    try (var client = way.shared().connect().halfClose()) {
      client.expectEnd();
    }
  }

  @Test
  void servesWhatWasSentBeforeAHalfClose() {
    try (var client = way.shared().connect();
        var later = way.shared().greeted()) {
      var id = Unique.name("half");
      client.send(Wire.connect("c"), Wire.status(id, Unique.pid(), 1), Wire.list()).halfClose();

      client.expect("connected");
      assertThat(client.expect("session_list").toString()).contains(id);
      client.expectEnd();
      assertThat(later.list().toString()).contains(id);
    }
  }

  @Test
  void sendsALongListToTheEndAfterAHalfClose() {
    try (var daemon = way.start();
        var writer = daemon.greeted()) {
      for (var i = 0; i < 300; i++) {
        writer.send(Wire.status("s-" + i, Unique.pid(), 1));
      }
      writer.expectQuiet();
      for (var i = 0; i < 20; i++) {
        try (var client = daemon.connect().send(Wire.connect("c"), Wire.list()).halfClose()) {
          client.expect("connected");
          assertThat(client.expect("session_list").path("sessions")).hasSize(300);
          client.expectEnd();
        }
      }
    }
  }

  @Test
  void halfClosingEndsASubscription() {
    try (var client = way.shared().subscribed()) {
      client.halfClose();

      client.untilEnd();
    }
  }

  @Test
  void rejectsAnotherMajorVersion() {
    try (var client = way.shared().connect()) {
      client.send("{\"protocol_version\":{\"major\":2,\"minor\":0},\"type\":\"ping\",\"seq\":1}");

      assertThat(client.line())
          .isEqualTo(
              "{\"type\":\"rejected\",\"reason\":\"Protocol version 2.0 not compatible with server"
                  + " version 1.0\",\"protocol_version\":{\"major\":1,\"minor\":0}}");
      client.expectEnd();
    }
  }

  @Test
  void doesNotLookAtTheVersionAfterTheHandshake() {
    try (var client = way.shared().greeted()) {
      client
          .send("{\"protocol_version\":{\"major\":9,\"minor\":9},\"type\":\"ping\",\"seq\":1}")
          .expect("pong");
    }
  }

  @ParameterizedTest
  @MethodSource("notAGreeting")
  void closesAfterAnotherFirstMessage(String message) {
    try (var client = way.shared().connect().send(message)) {
      assertThat(client.expectError("expected_connect").path("message").asText())
          .isEqualTo("Expected Connect message for handshake");
      client.expectEnd();
    }
  }

  static Stream<String> notAGreeting() {
    return Stream.of(
        Wire.ping(1),
        Wire.list(),
        Wire.subscribe(),
        Wire.message("unsubscribe"),
        Wire.message("discover"),
        Wire.message("disconnect"),
        Wire.message("status_update", "data", Wire.fields("bad", "payload")),
        Wire.message("hook_event", "data", 0, "client_id", "x"));
  }

  @Test
  void endsAfterTheHandshakeTimeout() {
    try (var daemon = way.start("timeouts.handshake_seconds=0.4");
        var silent = daemon.connect();
        var babbling = daemon.connect();
        var greeted = daemon.greeted()) {
      babbling.send("bad").expectError("malformed");

      silent.expectError("handshake_timeout");
      silent.expectEnd();
      babbling.expectError("handshake_timeout");
      babbling.expectEnd();
      greeted.expectQuiet();
    }
  }

  @Test
  void endsAfterALineThatStoodStill() {
    try (var daemon = way.start("timeouts.stalled_frame_seconds=0.3");
        var listener = daemon.subscribed();
        var stalled = daemon.greeted()) {
      stalled.sendBytes(new byte[] {'{'}).expectError("stalled_frame");

      stalled.expectEnd();
      listener.expectQuiet();
    }
  }

  @Test
  void answersABadPayloadAnyNumberOfTimes() {
    try (var client = way.shared().greeted()) {
      for (var i = 0; i < 200; i++) {
        client
            .send(Wire.message("hook_event", "data", Wire.fields("session_id", 5)))
            .expectError("invalid_payload");
      }

      client.expectQuiet();
    }
  }

  @Test
  void answersASecondConnectAndKeepsTheId() {
    try (var client = way.shared().greeted()) {
      assertThat(
              client
                  .send(Wire.connect("other"))
                  .expectError("already_connected")
                  .path("message")
                  .asText())
          .isEqualTo("Already connected");
      client.expectQuiet();
    }
  }

  @Test
  void sendsASecondListToWhoSubscribesTwiceAndReplacesTheFilter() {
    try (var client = way.shared().greeted();
        var writer = way.shared().greeted()) {
      var first = Unique.name("first");
      var second = Unique.name("second");
      client.send(Wire.subscribe("\"session_id\":\"" + first + "\"")).expect("session_list");
      client.send(Wire.subscribe("\"session_id\":\"" + second + "\"")).expect("session_list");

      writer.send(Wire.status(first, Unique.pid(), 1), Wire.status(second, Unique.pid(), 1));

      assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo(second);
      client.expectQuiet();
    }
  }

  @Test
  void disconnectCloses() {
    try (var client = way.shared().greeted()) {
      client.send(Wire.ping(1), Wire.message("disconnect"), Wire.ping(2));

      client.expect("pong");
      client.expectEnd();
    }
  }

  @Test
  void nobodyNoticesAPeerThatIsGone() {
    try (var witness = way.shared().greeted()) {
      for (var i = 0; i < 20; i++) {
        way.shared().connect().send(Wire.connect("gone"), Wire.list(), Wire.list()).close();
      }

      witness.expectQuiet();
    }
  }
}
