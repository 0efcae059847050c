package dev.atmd.client;

import static dev.atmd.client.FakeDaemon.CONNECTED;
import static dev.atmd.client.Views.line;
import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.client.AtmdException.ConnectionLost;
import dev.atmd.client.AtmdException.Garbled;
import dev.atmd.client.AtmdException.NotReachable;
import dev.atmd.client.AtmdException.Refused;
import dev.atmd.client.AtmdException.TimedOut;
import dev.atmd.client.AtmdException.WrongVersion;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AtmdClientTest {
  private static final Timeouts SHORT = new Timeouts(Duration.ofMillis(80), Duration.ofMillis(80));

  @TempDir private Path directory;
  private Path socket = Path.of("");

  @BeforeEach
  void chooseSocket() {
    socket = directory.resolve("d.sock");
  }

  @Test
  void greetsWithItsVersionAndItsId() throws IOException {
    try (var daemon = FakeDaemon.answering(socket, _ -> List.of());
        var client = AtmdClient.connect(socket, "me", Timeouts.DEFAULT)) {
      assertThat(client.version()).isEqualTo(new ProtocolVersion(1, 1));
      assertThat(client.clientId()).isEqualTo("client-7");
      assertThat(daemon.heard())
          .containsExactly(
              "{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":\"connect\",\"client_id\":\"me\"}");
    }
  }

  @Test
  void saysHowToStartADaemonThatIsNotThere() {
    assertThatThrownBy(() -> AtmdClient.connect(socket))
        .isInstanceOf(NotReachable.class)
        .hasMessage("no daemon listens at " + socket + ": start it with `atmd start`");
  }

  @Test
  void takesADeadSocketForNoDaemon() throws IOException {
    FakeDaemon.at(socket, _ -> {}).close();
    Files.createFile(socket);

    assertThatThrownBy(() -> AtmdClient.connect(socket))
        .isInstanceOf(NotReachable.class)
        .hasMessageContaining("no daemon listens");
  }

  @Test
  void refusesADaemonOfAnotherMajorVersion() throws IOException {
    var greeting =
        """
        {"type":"connected","protocol_version":{"major":2,"minor":0},"client_id":"c"}\
        """;
    try (var _ = FakeDaemon.at(socket, peer -> peer.send(greeting))) {
      assertThatThrownBy(() -> AtmdClient.connect(socket))
          .isInstanceOf(WrongVersion.class)
          .hasMessageContaining("the daemon speaks protocol 2.0, this client 1.1");
    }
  }

  @Test
  void reportsARejectionAsAVersionMismatch() throws IOException {
    var rejection =
        """
        {"type":"rejected","reason":"no","protocol_version":{"major":3,"minor":4}}\
        """;
    try (var _ = FakeDaemon.at(socket, peer -> peer.send(rejection))) {
      assertThatThrownBy(() -> AtmdClient.connect(socket))
          .isInstanceOf(WrongVersion.class)
          .hasMessageContaining("3.4");
    }
  }

  @Test
  void passesOnWhyTheDaemonRefused() throws IOException {
    var error = line(new Failed("too many connections", "too_many_connections"));
    try (var _ = FakeDaemon.at(socket, peer -> peer.send(error))) {
      assertThatThrownBy(() -> AtmdClient.connect(socket))
          .isInstanceOfSatisfying(
              Refused.class, e -> assertThat(e.code()).contains("too_many_connections"))
          .hasMessageContaining("too many connections");
    }
  }

  @Test
  void refusesWhatIsNoDaemon() throws IOException {
    try (var _ = FakeDaemon.at(socket, peer -> peer.send("220 mail.example ESMTP"))) {
      assertThatThrownBy(() -> AtmdClient.connect(socket)).isInstanceOf(Garbled.class);
    }
  }

  @Test
  void givesUpOnASilentDaemon() throws IOException {
    try (var _ = FakeDaemon.at(socket, peer -> listenTo(peer))) {
      assertThatThrownBy(() -> AtmdClient.connect(socket, null, SHORT))
          .isInstanceOf(TimedOut.class)
          .hasMessageContaining("no greeting within 80 ms");
    }
  }

  @Test
  void givesUpOnADaemonThatStopsAnswering() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of());
        var client = AtmdClient.connect(socket, null, SHORT)) {
      assertThatThrownBy(client::sessions)
          .isInstanceOf(TimedOut.class)
          .hasMessageContaining("no session_list within 80 ms");
    }
  }

  @Test
  void listsSessions() throws IOException {
    var list = list(4, view("a", Status.IDLE), view("b", Status.WORKING));
    try (var daemon = FakeDaemon.answering(socket, _ -> List.of(line(list)));
        var client = AtmdClient.connect(socket)) {
      assertThat(client.sessions()).isEqualTo(list.sessions());
      assertThat(daemon.heard().getLast()).contains("\"list_sessions\"");
    }
  }

  @Test
  void readsALineSplitAtEveryByte() throws IOException {
    var list = list(4, view("ä漢", Status.IDLE));
    var bytes = (CONNECTED + "\n" + line(list) + "\n").getBytes(StandardCharsets.UTF_8);
    for (var at = 1; at < bytes.length; at++) {
      var cut = at;
      FakeDaemon.Play inTwo =
          peer -> {
            peer.readLine();
            peer.sendRaw(Arrays.copyOf(bytes, cut));
            peer.sendRaw(Arrays.copyOfRange(bytes, cut, bytes.length));
            listenTo(peer);
          };
      try (var _ = FakeDaemon.at(socket, inTwo);
          var client = AtmdClient.connect(socket)) {
        assertThat(client.sessions()).as("cut at %d", cut).isEqualTo(list.sessions());
      }
    }
  }

  @Test
  void readsALineOfSingleBytes() throws IOException {
    var list = list(4, view("ä漢", Status.IDLE));
    FakeDaemon.Play bytewise =
        peer -> {
          peer.readLine();
          for (var b : (CONNECTED + "\n" + line(list) + "\n").getBytes(StandardCharsets.UTF_8)) {
            peer.sendRaw(new byte[] {b});
          }
          listenTo(peer);
        };
    try (var _ = FakeDaemon.at(socket, bytewise);
        var client = AtmdClient.connect(socket)) {
      assertThat(client.sessions()).isEqualTo(list.sessions());
    }
  }

  @Test
  void readsALineOfMoreThanAMebibyte() throws IOException {
    var long1 = view("long", Status.IDLE, "d".repeat(3 * 1024 * 1024), "/p", "main");
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(line(list(1, long1))));
        var client = AtmdClient.connect(socket)) {
      assertThat(client.sessions()).containsExactly(long1);
    }
  }

  @Test
  void saysThatTheDaemonClosedInTheMiddleOfALine() throws IOException {
    FakeDaemon.Play torn =
        peer -> {
          peer.readLine();
          peer.send(CONNECTED);
          peer.readLine();
          peer.sendRaw("{\"type\":".getBytes(StandardCharsets.UTF_8));
        };
    try (var _ = FakeDaemon.at(socket, torn);
        var client = AtmdClient.connect(socket)) {
      assertThatThrownBy(client::sessions)
          .isInstanceOf(ConnectionLost.class)
          .hasMessageContaining("in the middle of a line, after 8 bytes");
    }
  }

  @Test
  void saysThatTheDaemonClosed() throws IOException {
    FakeDaemon.Play brief =
        peer -> {
          peer.readLine();
          peer.send(CONNECTED);
          peer.readLine();
        };
    try (var _ = FakeDaemon.at(socket, brief);
        var client = AtmdClient.connect(socket)) {
      assertThatThrownBy(client::sessions)
          .isInstanceOf(ConnectionLost.class)
          .hasMessageContaining("closed the connection: it was stopped");
    }
  }

  @Test
  void asksWhatElseThereIs() throws IOException {
    FakeDaemon.Answers answers =
        line -> {
          if (line.contains("\"ping\"")) {
            return List.of("{\"type\":\"news_of_1.2\"}", "{\"type\":\"pong\",\"seq\":1}");
          }
          return line.contains("\"discover\"")
              ? List.of("{\"type\":\"discovery_complete\",\"discovered\":2,\"failed\":1}")
              : List.of("{\"type\":\"metrics\",\"text\":\"a 1\\n\"}");
        };
    try (var _ = FakeDaemon.answering(socket, answers);
        var client = AtmdClient.connect(socket)) {
      assertThat(client.ping()).isPositive();
      assertThat(client.discover()).isEqualTo(new DiscoveryComplete(2, 1));
      assertThat(client.metrics()).isEqualTo("a 1\n");
    }
  }

  @Test
  void doesNotAskA10DaemonForMetrics() throws IOException {
    var old = CONNECTED.replace("\"minor\":1", "\"minor\":0");
    FakeDaemon.Play play =
        peer -> {
          peer.send(old);
          listenTo(peer);
        };
    try (var _ = FakeDaemon.at(socket, play);
        var client = AtmdClient.connect(socket)) {
      assertThatThrownBy(client::metrics)
          .isInstanceOf(WrongVersion.class)
          .hasMessageContaining("metrics need protocol 1.1, the daemon speaks 1.0");
    }
  }

  @Test
  void keepsTheErrorsOfReportsApartFromAnswers() throws IOException {
    var answers =
        (FakeDaemon.Answers)
            line -> {
              if (line.contains("\"hook_event\"")) {
                return List.of(line(new Failed("bad payload", "invalid_payload")));
              }
              var seq = line.replaceAll("\\D*\\d+\\D*\\d+\\D*", "").replaceAll("\\D.*", "");
              return line.contains("\"ping\"")
                  ? List.of("{\"type\":\"pong\",\"seq\":" + seq + "}")
                  : List.of(line(list(1)));
            };
    try (var _ = FakeDaemon.answering(socket, answers);
        var client = AtmdClient.connect(socket)) {
      client.report("hook_event", "{}");
      assertThat(client.settle()).containsExactly(new Failed("bad payload", "invalid_payload"));

      client.report("hook_event", "{}");
      assertThat(client.sessions()).isEmpty();
      assertThat(client.settle()).isEmpty();
    }
  }

  @Test
  void handsOverToItsEvents() throws IOException {
    var events =
        List.of(
            list(1, view("a", Status.IDLE)),
            new SessionUpdated(view("a", Status.WORKING), 2, "run-1"),
            new SessionRemoved("a", 3, "run-1", "ended", null));
    FakeDaemon.Answers answers =
        _ -> {
          var lines = new ArrayList<String>();
          events.forEach(event -> lines.add(line(event)));
          return lines;
        };
    try (var daemon = FakeDaemon.answering(socket, answers);
        var client = AtmdClient.connect(socket);
        var stream = client.subscribe(SubscribeRequest.ALL)) {
      for (var event : events) {
        assertThat(stream.next()).isEqualTo(new Received<>(event, line(event)));
      }
      assertThat(stream.poll(Duration.ofMillis(1))).isEmpty();
      assertThat(daemon.heard().getLast()).contains("\"subscribe\"");
      assertThatThrownBy(client::sessions).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void endsAWaitWhenItIsClosed() throws Exception {
    try (var daemon = FakeDaemon.answering(socket, _ -> List.of(line(list(1))));
        var client = AtmdClient.connect(socket);
        var stream = client.subscribe(SubscribeRequest.ALL)) {
      stream.next();
      var closer = Thread.ofVirtual().start(client::close);

      assertThatThrownBy(stream::next).isInstanceOf(ConnectionLost.class);
      closer.join();
      assertThat(daemon.heard()).hasSize(2);
    }
  }

  private static void listenTo(FakeDaemon.Peer peer) throws IOException {
    while (!peer.readLine().isEmpty()) {
      // The client's lines are of no interest; its end is.
    }
  }
}
