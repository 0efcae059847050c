package dev.atmd.client.cli;

import static dev.atmd.client.Views.line;
import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.FakeDaemon;
import dev.atmd.client.text.Totals;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AtmTest {
  private static final String EXTENDED =
      line(list(1, view("a1", Status.IDLE), view("b2", Status.ATTENTION_NEEDED)))
          .replace("\"id\":\"a1\"", "\"id\":\"a1\",\"of_protocol_1_7\":[1,2]");

  @TempDir private Path directory;
  private Path socket = Path.of("");

  private String locale = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void chooseSocket() {
    socket = directory.resolve("d.sock");
  }

  @Test
  void listsWhatNeedsInputFirst() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED))) {
      assertThat(run("list")).isZero();
    }
    assertThat(out.toString().lines().map(line -> line.substring(0, 5).strip()))
        .containsExactly("ID", "!  b2", "-  a1");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void listsWithEverythingTheDaemonSaid() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED))) {
      assertThat(run("list", "--json", "--status", "idle")).isZero();
    }
    assertThat(out.toString())
        .startsWith(
            "[\n  {\n    \"id\": \"a1\",\n    \"of_protocol_1_7\": [\n      1,\n      2\n    ],")
        .doesNotContain("\"b2\"");
  }

  @Test
  void listsOnlyWhatIsAskedFor() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED))) {
      assertThat(run("list", "--project", "sho", "--harness", "claude", "--status", "idle"))
          .isZero();
      assertThat(out.toString()).contains("a1").doesNotContain("b2");
      assertThat(run("list", "--harness", "pi")).isZero();
    }
    assertThat(out.toString()).contains("None of the 2 sessions matches.");
  }

  @Test
  void saysHowToGetASession() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(line(list(1))))) {
      assertThat(run("list")).isZero();
    }
    assertThat(out.toString()).contains("No sessions.", "ATM_SOCKET=" + socket);
  }

  @Test
  void sumsUpInOneLine() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED))) {
      assertThat(run("status")).isZero();
    }
    assertThat(out.toString().strip()).isEqualTo("1↑ 1! $0.70");
    assertThat(StatusCommand.line(Totals.NONE)).isEqualTo("0↑ $0.00");
  }

  @Test
  void saysThatTheDaemonCannotWriteAnythingDown() throws IOException {
    var sessions = line(list(1, view("a1", Status.IDLE)));
    for (var trouble : List.of("1.0", "0.0")) {
      var metrics = line(new Metrics("atmd_store_trouble " + trouble + "\n"));
      try (var _ =
          FakeDaemon.answering(
              socket, question -> List.of(question.contains("metrics") ? metrics : sessions))) {
        assertThat(run("status")).isZero();
      }
    }
    assertThat(out.toString().lines()).containsExactly("1↑ $0.35 disk!", "1↑ $0.35");
  }

  @Test
  void pingsDiscoversAndMeasures() throws IOException {
    FakeDaemon.Answers answers =
        line ->
            List.of(
                line.contains("\"ping\"")
                    ? "{\"type\":\"pong\",\"seq\":1}"
                    : line.contains("\"discover\"")
                        ? "{\"type\":\"discovery_complete\",\"discovered\":2,\"failed\":1}"
                        : "{\"type\":\"metrics\",\"text\":\"# HELP a\\na 1\\n\"}");
    try (var _ = FakeDaemon.answering(socket, answers)) {
      assertThat(run("ping")).isZero();
      assertThat(run("discover")).isZero();
      assertThat(run("metrics")).isZero();
    }
    assertThat(out.toString().lines())
        .hasSize(4)
        .first()
        .asString()
        .matches("pong from \\S+ in \\d+\\.\\d{3} ms \\(protocol 1\\.1\\)");
    assertThat(out.toString()).endsWith("found 2, failed 1\n# HELP a\na 1\n");
  }

  @Test
  void printsWhereTheDashboardIs() throws IOException {
    var url = "http://127.0.0.1:7717/#token=" + "0".repeat(64);
    var answer = "{\"type\":\"web\",\"url\":\"" + url + "\"}";
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(answer))) {
      assertThat(run("web", "--print")).isZero();
    }
    assertThat(out.toString().strip()).isEqualTo(url);
  }

  @Test
  void opensNothingThatIsNoAddressOfADashboard() throws IOException {
    for (var url : List.of("--help", "file:///etc/passwd", "http://127.0.0.1:7717/#token=1 2")) {
      var answer = "{\"type\":\"web\",\"url\":\"" + url + "\"}";
      try (var _ = FakeDaemon.answering(socket, _ -> List.of(answer))) {
        assertThat(run("web")).as(url).isEqualTo(1);
      }
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void failsWithoutADaemon() {
    for (var command : List.of("list", "watch", "ping", "discover", "metrics", "web")) {
      assertThat(run(command)).as(command).isEqualTo(1);
    }
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(6)
        .containsOnly("atm: no daemon listens at " + socket + ": start it with `atmd start`");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("dance")).isEqualTo(2);
    assertThat(run("list", "--status", "asleep")).isEqualTo(2);
    assertThat(run("list", "--harness", "x")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'asleep' is none of idle, working, attention_needed", "say what to do");
  }

  @Test
  void prefersTheSocketOfTheCommandLine() throws IOException {
    var other = directory.resolve("other.sock");
    try (var _ = FakeDaemon.answering(other, _ -> List.of(line(list(1))))) {
      assertThat(run("list")).isEqualTo(1);
      assertThat(run("list", "--socket", other.toString())).isZero();
      assertThat(run("--socket", other.toString(), "list")).isZero();
    }
  }

  @Test
  void describesItself() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("atm \\d+\\.\\d+\\.\\d+\\S* \\(protocol 1\\.1\\)\n");
    assertThat(run("list", "--help")).isZero();
    assertThat(out.toString()).contains("Usage: atm list", "--socket", "--json");
  }

  @Test
  void watchesLineByLine() throws Exception {
    FakeDaemon.Answers changes =
        _ ->
            List.of(
                line(list(1, view("a1", Status.IDLE))),
                line(new SessionUpdated(view("a1", Status.WORKING), 2, "run-1")),
                line(new SessionRemoved("a1", 3, "run-1", "ended", null)));
    try (var _ = FakeDaemon.answering(socket, changes)) {
      watch("x a1 gone (ended)", "watch");
    }
    assertThat(out.toString())
        .isEqualTo(
            """
            2026-11-21T12:00:07Z - a1 claude idle 22% $0.35 shop/main
            2026-11-21T12:00:07Z > a1 claude working 22% $0.35 shop/main
            2026-11-21T12:00:07Z x a1 gone (ended)
            """);
  }

  @Test
  void watchesMessagesAsTheyCome() throws Exception {
    var removal = line(new SessionRemoved("a1", 3, "run-1", "ended", null));
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED, removal))) {
      watch("session_removed", "watch", "--json");
    }
    assertThat(out.toString()).isEqualTo(EXTENDED + "\n" + removal + "\n");
  }

  @Test
  void fillsInAStatusLine() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED))) {
      assertThat(run("status", "--format", "{waiting}/{sessions} {cost} {oldest_wait}")).isZero();
    }
    assertThat(out.toString().strip()).isEqualTo("1/2 0.70 7s");
  }

  @Test
  void hasAStatusWithoutADaemon() {
    assertThat(run("status")).isZero();
    assertThat(run("status", "--format", "{waiting} {idle} {cost} {oldest_wait}")).isZero();
    assertThat(run("status", "--format", "{waiting}", "--off", "no daemon")).isZero();

    assertThat(out.toString()).isEqualTo("off\n0 0 0.00 -\nno daemon\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void hasAStatusOfADaemonThatHangs() throws IOException {
    try (var _ = FakeDaemon.at(socket, FakeDaemon.Peer::readLine)) {
      assertThat(run("status")).isZero();
    }
    assertThat(out.toString()).isEqualTo("off\n");
  }

  @Test
  void refusesAStatusThatNothingStandsFor() {
    assertThat(run("status", "--format", "{tokens}")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing stands for {tokens}", "{oldest_wait}");
  }

  @Test
  void waitsForAttention() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED))) {
      assertThat(run("wait", "--until", "attention")).isZero();
    }
    assertThat(out.toString()).isEqualTo("b2\n");
  }

  @Test
  void givesUpWaitingInTime() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(EXTENDED))) {
      assertThat(run("wait", "--until", "idle", "--timeout", "0.05")).isEqualTo(3);
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void waitsForNothingWithoutADaemonOrAGoal() {
    assertThat(run("wait", "--until", "idle")).isEqualTo(1);
    assertThat(run("wait", "--until", "lunch")).isEqualTo(2);
    assertThat(run("wait", "--until", "idle", "--timeout", "-1")).isEqualTo(2);
    assertThat(run("wait")).isEqualTo(2);
  }

  @Test
  void drawsNothingWhereNobodyLooks() {
    assertThat(run("top")).isEqualTo(1);
    assertThat(err.toString()).contains("the dashboard needs a terminal");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void printsSignsAndTextsAsTheyAre() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(foreign()))) {
      run("list");
      run("status");
      run("list", "--json");
    }
    assertThat(out.toString()).contains("日本/main", "1↑ $0.35", "\"日本\"");
  }

  @Test
  void printsAsciiWhereTheLocaleIsNotUtf8() throws IOException {
    locale = "C";

    try (var _ = FakeDaemon.answering(socket, _ -> List.of(foreign()))) {
      run("list");
      run("status");
      run("list", "--json");
      run("status", "--help");
    }

    assertThat(out.toString())
        .matches("[\\p{ASCII}]*")
        .contains("????/main", "1^ $0.35", "\\u65e5\\u672c", "such as 3^ 1! $4.20");
  }

  @Test
  void printsAsciiWhereThatIsAskedFor() throws IOException {
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(foreign()))) {
      run("status", "--ascii");
      run("--ascii", "status");
      run("status", "--ascii", "--help");
      run("history", "--session", "→", "--ascii");
    }

    assertThat(out.toString()).matches("[\\p{ASCII}]*").contains("1^ $0.35\n1^ $0.35\n");
    assertThat(err.toString()).matches("[\\p{ASCII}]*").isNotEmpty();
  }

  /** A session whose project is not written in ASCII. */
  private static String foreign() {
    return line(list(1, view("a1", Status.IDLE, null, "/home/dev/日本", "main")))
        .replace("\"Opus 4.5\"", "\"日本\"");
  }

  private int run(String... arguments) {
    return Atm.commandLine(surroundings())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** Watches until {@code awaited} is printed, then stops it. */
  private void watch(String awaited, String... arguments) throws InterruptedException {
    var watcher = Thread.ofPlatform().start(() -> run(arguments));
    var deadline = System.nanoTime() + 10_000_000_000L;
    while (!out.toString().contains(awaited) && System.nanoTime() < deadline) {
      watcher.join(Duration.ofMillis(5));
    }
    watcher.interrupt();
    watcher.join();
    assertThat(out.toString()).as("errors: %s", err).contains(awaited);
  }

  private Surroundings surroundings() {
    var nobody =
        new Terminal() {
          @Override
          public boolean isInteractive() {
            return false;
          }

          @Override
          public Size size() {
            return Size.UNBOUNDED;
          }
        };
    return new Surroundings(
        Map.of("ATM_SOCKET", socket.toString(), "LC_ALL", locale),
        InstantSource.fixed(Instant.parse("2026-11-21T12:00:07Z")),
        nobody);
  }
}
