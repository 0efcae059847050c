package dev.atmd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.bench.measure.Sizes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every measurement, at sizes that take seconds: that it works and verifies, never how fast. */
class BenchTest {
  private static final int UPDATES_PER_SECOND = 500;

  /** Before a healthy daemon is said to have lost something, on a machine that is busy as well. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  /** Of who waits for what is known to be lost. */
  private static final Duration IMPATIENCE = Duration.ofMillis(40);

  /** Name, unit, median and what was lost. */
  private static final Pattern ROW = Pattern.compile("^(\\S.*?) {2,}.*?\\s[\\d,.]+ +([\\d,]+) .*");

  private static StartedDaemon daemon;

  private final StringWriter output = new StringWriter();

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    daemon = StartedDaemon.in(directory);
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  @Test
  void measuresADaemonAndItsPeersWithoutLoss() {
    var start = String.join(" ", StartedDaemon.command("{socket}", "{dir}"));

    var exitCode =
        run(
            PATIENCE,
            "--socket",
            daemon.socket().toString(),
            "--against",
            daemon.socket().toString(),
            "--start",
            start);

    assertThat(output.toString()).doesNotContain("not measured");
    assertThat(rows())
        .extracting(Row::name)
        .contains(
            "start to first hello",
            "ingest, 4 connections, 64 lines a write",
            "ingest, 50 connections, 1 line a write",
            "fan-out to 3",
            "fan-out to 3, of server CPU",
            "latency at 500/s to 2, p99.9",
            "latency at 500/s to 2 and 1 frozen, p99.9",
            "hook that does not wait",
            "hook that reads to the end",
            "2 of 4 at 500/s, p99, 1 frozen, 1 slow",
            "update, 300 sessions, 3 subscribers",
            "memory of a session",
            "memory of a subscriber");
    assertThat(rows()).allSatisfy(row -> assertThat(row.lost()).as(row.name()).isZero());
    assertThat(exitCode).isZero();
  }

  @Test
  void countsEventsThatDoNotArrive(@TempDir Path directory) throws IOException {
    var socket = directory.resolve("lossy.sock");
    try (var _ = LossyProxy.before(daemon.socket(), socket, "\"session_updated\"")) {
      var exitCode = runLossy(socket, "fanout,latency,churn,frozen");

      assertThat(output.toString()).doesNotContain("not measured");
      assertThat(rows())
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.lost()).as(row.name()).isPositive());
      assertThat(exitCode).isEqualTo(1);
    }
  }

  @Test
  void countsSessionsThatEndUpWrong(@TempDir Path directory) throws IOException {
    var socket = directory.resolve("lossy.sock");
    try (var _ = LossyProxy.before(daemon.socket(), socket, "\"status_update\"")) {
      var exitCode = runLossy(socket, "ingest,scale");

      assertThat(rows().stream().filter(row -> row.lost() > 0))
          .extracting(Row::name)
          .contains(
              "ingest, 4 connections, 64 lines a write",
              "ingest, 50 connections, 1 line a write",
              "300 sessions, 1 subscribers, cost to that of few",
              "300 sessions, 3 subscribers, cost to that of few");
      assertThat(exitCode).isEqualTo(1);
    }
  }

  @Test
  void refusesAnUnknownMeasurement() {
    assertThat(run(PATIENCE, "--socket", "/nowhere", "--only", "luck")).isEqualTo(2);
  }

  @Test
  void needsASocket() {
    assertThat(run(PATIENCE, "--quick")).isEqualTo(2);
  }

  /** The process that is accounted is the daemon's, not the one of this test. */
  private int runLossy(Path socket, String names) {
    var pid = Long.toString(daemon.pid());
    return run(IMPATIENCE, "--alone", "--socket", socket.toString(), "--pid", pid, "--only", names);
  }

  private int run(Duration silence, String... arguments) {
    var writer = new PrintWriter(output, true);
    return new CommandLine(new Bench(tiny(silence)))
        .setOut(writer)
        .setErr(writer)
        .execute(arguments);
  }

  private static Sizes tiny(Duration silence) {
    return new Sizes(
        Duration.ofMillis(20),
        Duration.ofMillis(20),
        silence,
        1,
        Duration.ofMillis(30),
        List.of(1, 3),
        Duration.ofMillis(40),
        UPDATES_PER_SECOND,
        2,
        20,
        4,
        100,
        UPDATES_PER_SECOND,
        300,
        3);
  }

  /** A line of the first table. */
  private record Row(String name, long lost) {}

  private List<Row> rows() {
    return output
        .toString()
        .lines()
        .takeWhile(line -> !line.startsWith("Medians"))
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group(1), Long.parseLong(row.group(2).replace(",", ""))))
        .toList();
  }
}
