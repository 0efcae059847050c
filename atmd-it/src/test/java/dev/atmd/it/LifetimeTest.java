package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How the real process begins and ends, and what it does to files and descriptors. */
final class LifetimeTest {
  private static final long STOPS_WITHIN_MILLIS = 2_000;
  private static final long START_FAILS_WITHIN_MILLIS = TestClient.PATIENCE.toMillis();

  @Test
  void endsWithinTwoSecondsWhenToldTo() {
    try (var daemon = ProcessDaemon.start();
        var client = daemon.subscribed()) {
      daemon.terminate();

      assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
      client.expectEnd();
      assertThat(daemon.socket()).doesNotExist();
    }
  }

  @Test
  void saysWhereItsDashboardIsAndLogsItsEndAndNothingElse() {
    try (var daemon = ProcessDaemon.start()) {
      daemon.terminate();

      assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
      assertThat(daemon.output().lines().filter(line -> !line.startsWith("Dashboard: http://")))
          .allMatch(line -> line.matches("\\S+Z (INFO|WARN ) .*"))
          .last()
          .asString()
          .endsWith("Daemon: stopping");
    }
  }

  @Test
  void endsWellHoweverEarlyItIsToldTo() {
    try (var files = TestDirectory.create()) {
      for (var millis : List.of(0, 10, 30, 60)) {
        var daemon = ProcessDaemon.startInVain(files, files.socket());
        Waiting.until("the socket is there", () -> Files.exists(files.socket()));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));

        daemon.terminate();

        assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
        assertThat(files.socket()).doesNotExist();
      }
    }
  }

  @Test
  void endsWithinTwoSecondsAlsoWithAStuckSubscriber() {
    try (var daemon = ProcessDaemon.start();
        var stuck = daemon.subscribed();
        var writer = daemon.greeted()) {
      var prompt = "p".repeat(10_000);
      for (var i = 0; i < 500; i++) {
        writer.send(Wire.hook("s" + i, Unique.pid(), "UserPromptSubmit", "prompt", prompt));
      }
      writer.expectQuiet();

      daemon.terminate();

      assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
      assertThat(stuck.hasEnded()).isFalse();
    }
  }

  @Test
  void startsAgainAtTheSamePlaceAfterItWasKilled() {
    try (var killed = ProcessDaemon.start()) {
      killed.kill();
      assertThat(killed.socket()).exists();

      try (var next = ProcessDaemon.start(killed.files());
          var client = next.greeted()) {
        client.expectQuiet();

        next.terminate();
        assertThat(next.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
        client.expectEnd();
        assertThat(next.socket()).doesNotExist();
      }
    }
  }

  @Test
  void refusesToBeTheSecondAndLeavesTheFirstAlone() {
    try (var first = ProcessDaemon.start();
        var client = first.greeted();
        var otherFiles = TestDirectory.create()) {
      var sameState = ProcessDaemon.startInVain(first.files(), otherFiles.socket());
      var sameSocket = ProcessDaemon.startInVain(otherFiles, first.socket());

      assertThat(sameState.awaitExit(START_FAILS_WITHIN_MILLIS)).isEqualTo(1);
      assertThat(sameSocket.awaitExit(START_FAILS_WITHIN_MILLIS)).isEqualTo(1);

      assertThat(sameState.output()).contains("Daemon is already running");
      assertThat(sameSocket.output()).contains("a daemon already listens there");
      client.expectQuiet();
      try (var newcomer = first.greeted()) {
        newcomer.expectQuiet();
      }
    }
  }

  @Test
  void doesNotTakeTheAnswerOfAnotherDaemonForItsOwn() {
    try (var first = ProcessDaemon.start();
        var otherFiles = TestDirectory.create()) {
      var start = ProcessDaemon.startInBackground(otherFiles, first.socket());

      assertThat(start.awaitExit(START_FAILS_WITHIN_MILLIS)).isEqualTo(1);
      assertThat(start.output()).contains("did not start", "a daemon already listens there");
    }
  }

  @Test
  void refusesAFileThatIsNoSocketAndLeavesItAlone() throws IOException {
    try (var files = TestDirectory.create()) {
      Files.createDirectories(files.socket().getParent());
      Files.writeString(files.socket(), "precious");

      var daemon = ProcessDaemon.startInVain(files, files.socket());

      assertThat(daemon.awaitExit(START_FAILS_WITHIN_MILLIS)).isEqualTo(1);
      assertThat(daemon.output()).contains("Failed to setup socket at " + files.socket());
      assertThat(files.socket()).hasContent("precious");
    }
  }

  @Test
  void takesThePlaceOfADeadSocket() throws IOException {
    var files = TestDirectory.create();
    Files.createDirectories(files.socket().getParent());
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(files.socket()));
    }
    assertThat(files.socket()).exists();

    try (var daemon = ProcessDaemon.start(files);
        var client = daemon.greeted()) {
      client.expectQuiet();
    }
  }

  @Test
  void nobodyElseMayUseTheSocket() {
    try (var daemon = ProcessDaemon.start()) {
      assertThat(permissions(daemon.socket())).isEqualTo("rw-------");
      assertThat(permissions(daemon.socket().resolveSibling("."))).isEqualTo("rwx------");
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void removesTheSessionOfAProcessThatDied() throws IOException {
    try (var daemon = ProcessDaemon.start("housekeeping.liveness_seconds=0.1");
        var client = daemon.subscribed();
        var writer = daemon.greeted()) {
      var agent = new ProcessBuilder("cat").start();
      writer.send(Wire.status("mortal", agent.pid(), 1));
      assertThat(client.expect("session_updated").at("/session/id").asText()).isEqualTo("mortal");

      agent.destroyForcibly();

      var removed = client.expect("session_removed");
      assertThat(removed.path("session_id").asText()).isEqualTo("mortal");
      assertThat(removed.path("reason").asText()).isEqualTo("process_died");
    }
  }

  @Test
  void servesAgainAfterItsDescriptorsWereExhausted() throws IOException {
    try (var daemon = ProcessDaemon.startWithDescriptors(64);
        var witness = daemon.greeted()) {
      var many = new ArrayList<TestClient>();
      for (var i = 0; i < 100; i++) {
        many.add(daemon.connect().send(Wire.connect("many")));
      }
      witness.send(Wire.status("meanwhile", Unique.pid(), 1));
      assertThat(witness.list()).hasSize(1);
      many.forEach(TestClient::close);

      try (var late = daemon.greeted()) {
        assertThat(late.list()).hasSize(1);
      }
      assertThat(daemon.output()).contains("cannot accept connections");
      assertThat(daemon.output().lines().count()).isLessThan(50);
      assertThat(logLines(daemon)).isLessThan(50);
    }
  }

  private static long logLines(ProcessDaemon daemon) throws IOException {
    try (var logs = Files.list(daemon.files().state())) {
      var lines = 0L;
      for (var log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        lines += Files.readAllLines(log).size();
      }
      return lines;
    }
  }

  @Test
  void theOutputNamesWhatIsWrongWithASetting() {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.startInVain(files, files.socket(), "limits.sessions=many");

      assertThat(daemon.awaitExit(START_FAILS_WITHIN_MILLIS)).isEqualTo(2);
      assertThat(daemon.output().lines().toList())
          .isEqualTo(
              List.of(
                  "Error: the command line: limits.sessions is \"many\", but must be a whole number"
                      + " from 1 to 10000000"));
    }
  }
}
