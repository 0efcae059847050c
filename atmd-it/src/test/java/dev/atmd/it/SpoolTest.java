package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to events while the daemon comes and goes. */
final class SpoolTest {
  private static final int SENDERS = 4;
  private static final int RESTARTS = 10;

  /** Sends so many events, one process each, without a pause: sessions PREFIX-0 and so on. */
  private static Process sending(Sender sender, TestDirectory files, String prefix, int count)
      throws IOException {
    var program =
        sender == Sender.COMPILED
            ? List.of(sender.cache().resolve("atm-send-2").toString())
            : List.of("perl", Checkout.root().resolve("config/sender/atm-send.pl").toString());
    var loop =
        "i=0; while [ $i -lt "
            + count
            + " ]; do \"$@\" claude <<END\n"
            + "{\"session_id\":\""
            + prefix
            + "-$i\",\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"go\"}\nEND\n"
            + "i=$((i+1)); done";
    var command = new ArrayList<>(List.of("sh", "-c", loop, "sh"));
    command.addAll(program);
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("ATM_SOCKET", files.socket().toString());
    builder.environment().put("ATM_PID", "0");
    return builder.start();
  }

  @Test
  void everyEventIsAppliedExactlyOnceHoweverOftenTheDaemonIsStopped() throws IOException {
    var sender = Sender.all().getFirst();
    var events = sender == Sender.COMPILED ? 10_000 : 1_000;
    var begun = System.nanoTime();
    var sessions = BegunSessions.watched();
    try (var files = TestDirectory.create()) {
      var senders = new ArrayList<Process>();
      for (var i = 0; i < SENDERS; i++) {
        senders.add(sending(sender, files, "s" + i, events / SENDERS));
      }
      for (var run = 1; run <= RESTARTS; run++) {
        // Half of the time somebody listens.
        var down = (2 * run - 1) * events / (2 * RESTARTS + 1);
        var up = 2 * run * events / (2 * RESTARTS + 1);
        Waiting.until("events wait", () -> sessions.times().size() + waiting(files) >= down);
        var daemon = InProcessDaemon.start(files);
        Waiting.until("events come in", () -> sessions.times().size() >= up);
        daemon.stop();
      }
      Waiting.until("all has been sent", () -> senders.stream().noneMatch(Process::isAlive));
      InProcessDaemon.start(files).stop();

      System.out.println(
          "%d events, %d restarts: %d ms"
              .formatted(events, RESTARTS, (System.nanoTime() - begun) / 1_000_000));
      assertThat(sessions.times()).hasSize(events);
      assertThat(sessions.times().values()).containsOnly(1);
      assertThat(Hook.spool(files.socket()).resolve("dropped")).doesNotExist();
      assertThat(Hook.spool(files.socket()).resolve("refused.jsonl")).doesNotExist();
    } finally {
      sessions.close();
    }
  }

  /** About how many events wait. */
  private static long waiting(TestDirectory files) {
    return waitingBytes(files) / 250;
  }

  private static long waitingBytes(TestDirectory files) {
    return Hook.spool(files.socket()).resolve("events.jsonl").toFile().length();
  }

  @Test
  void setsAsideWhatIsNoEventAndAppliesTheRest() throws IOException {
    try (var files = TestDirectory.create()) {
      Files.createDirectories(files.socket().getParent());
      var spool = spool(files.socket());
      Files.writeString(
          spool.resolve("events.jsonl"),
          String.join(
              "\n",
              event("late", "2026-11-21T08:00:02Z", "e2", "Stop"),
              "not an event",
              "{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":\"ping\",\"seq\":1}",
              event("late", "2026-11-21T08:00:01Z", "e1", "UserPromptSubmit"),
              event("late", "2026-11-21T08:00:01Z", "e1", "UserPromptSubmit"),
              "\u0000\u0000\u0000",
              event("torn", "2026-11-21T08:00:01Z", "e3", "Stop").substring(0, 50)));

      try (var daemon = ProcessDaemon.start(files);
          var client = daemon.greeted()) {
        var sessions = client.list();
        assertThat(sessions).hasSize(1);
        assertThat(sessions.getFirst().path("status").asText()).isEqualTo("idle");
        client.send(Wire.message("metrics"));
        assertThat(client.expect("metrics").path("text").asText())
            .contains("atmd_spool_refused_total 4.0");
        assertThat(Files.readAllLines(spool.resolve("refused.jsonl"))).hasSize(4);
      }
    }
  }

  @Test
  void doesNotApplyAgainWhatAnEarlierDaemonHasApplied() throws IOException {
    try (var files = TestDirectory.create()) {
      var payload = "{\"session_id\":\"first\",\"hook_event_name\":\"Stop\"}";
      var earlier = InProcessDaemon.start(files);
      try (var http = earlier.connect()) {
        http.send(
            "POST /v1/agents/claude/events HTTP/1.1\r",
            "Atm-Ack: applied\r",
            "Atm-Id: e1\r",
            "Content-Length: " + payload.length() + "\r",
            "\r",
            payload);
        assertThat(http.line()).startsWith("HTTP/1.1 204");
      }
      earlier.stop();
      Files.writeString(
          spool(files.socket()).resolve("events.jsonl"),
          event("first", "2026-11-21T08:00:01Z", "e1", "UserPromptSubmit")
              + "\n"
              + event("second", "2026-11-21T08:00:01Z", "e2", "Stop")
              + "\n");

      try (var later = ProcessDaemon.start(files);
          var client = later.greeted()) {
        assertThat(client.list())
            .extracting(
                session -> session.path("id").asText() + " " + session.path("status").asText())
            .containsExactlyInAnyOrder("first idle", "second idle");
      }
    }
  }

  @Test
  void noticesWhatIsPutDownWhileItRuns() throws IOException {
    try (var daemon = ProcessDaemon.start();
        var client = daemon.subscribed()) {
      Files.writeString(
          spool(daemon.socket()).resolve("events.jsonl"),
          event("later", "2026-11-21T08:00:01Z", "e1", "UserPromptSubmit") + "\n");

      var session = client.expect("session_updated").path("session");

      assertThat(session.path("id").asText()).isEqualTo("later");
      Waiting.until("the spool is empty", () -> waitingBytes(daemon.files()) == 0);
    }
  }

  /** Makes a spool as a sender would. */
  private static Path spool(Path socket) throws IOException {
    var mode = PosixFilePermissions.fromString("rwx------");
    return Files.createDirectory(Hook.spool(socket), PosixFilePermissions.asFileAttribute(mode));
  }

  private static String event(String id, String at, String eventId, String name) {
    return Wire.message(
        "agent_event",
        "harness",
        "claude",
        "at",
        at,
        "id",
        eventId,
        "data",
        Wire.fields("session_id", id, "hook_event_name", name));
  }
}
