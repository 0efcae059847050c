package dev.atmd.client.cli;

import static dev.atmd.client.Views.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.FakeDaemon;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Acknowledged;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Explained;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.HistoryTold;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.DaemonMessage.Unknown;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.HistoryAnswer.Cost;
import dev.atmd.protocol.message.HistoryAnswer.Doing;
import dev.atmd.protocol.message.HistoryAnswer.Entries;
import dev.atmd.protocol.message.HistoryAnswer.Entry;
import dev.atmd.protocol.message.HistoryAnswer.Moment;
import dev.atmd.protocol.message.HistoryAnswer.Sum;
import dev.atmd.protocol.message.HistoryAnswer.Wait;
import dev.atmd.protocol.message.HistoryAnswer.Waits;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SessionView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a daemon says in whatever field: what the commands write cannot act on a terminal. */
@Timeout(60)
class HostileDaemonTest {
  /** Title, colour, clearing, C1, DEL, backspaces, line ends, direction, invisible, tags. */
  private static final String EVIL =
      "e\033]0;title\007\033[8m\033[2J\u009b31m\u0090q\u007f\b\b\r\n\u0085\u2028\u2029\u202e\u2066"
          + "\u200b\u200d\ufeff\u00ad\u061c\ufe0f\u3164\u2800\ue000"
          + Character.toString(0xE0041)
          + Character.toString(0xE0100)
          + "l";

  /** What the commands themselves control a terminal with. */
  private static final Pattern OWN =
      Pattern.compile("\033\\[(?:(?:0|1|2|31|32|33|1;33)m|\\?(?:1049|25|7)[hl]|[HKJ])");

  private static final SessionView VIEW = view(EVIL, "idle", EVIL);

  private static final Entry ENTRY =
      new Entry(Instant.EPOCH, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL);

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "list --json",
        "status",
        "explain e",
        "explain --json e",
        "history",
        "history --json",
        "cost",
        "cost --json",
        "waits",
        "waits --json",
        "at 14:05",
        "at --json 14:05",
        "ping",
        "discover",
        "metrics",
        "doctor",
        "doctor --json"
      })
  void nothingActsOnTheTerminal(String command) throws IOException {
    for (var isInteractive : List.of(true, false)) {
      try (var _ = FakeDaemon.answering(socket(), HostileDaemonTest::answers)) {
        execute(isInteractive, command.split(" ", -1));
      }
    }

    assertHarmless(out);
    assertHarmless(err);
    assertThat(text(out)).as("errors: %s", text(err)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "status",
        "explain e",
        "history",
        "cost",
        "ping",
        "discover",
        "metrics",
        "web --print",
        "doctor"
      })
  void noErrorOfTheDaemonActsOnTheTerminal(String command) throws IOException {
    var error = line(new Failed(EVIL, EVIL));
    for (var error1 : List.of(error, raw(error))) {
      try (var _ = FakeDaemon.answering(socket(), _ -> List.of(error1))) {
        execute(true, command.split(" ", -1));
      }
    }

    assertHarmless(out);
    assertHarmless(err);
    assertThat(text(out) + text(err)).contains("e\ufffd]0;title");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "status", "watch", "doctor"})
  void noGreetingActsOnTheTerminal(String command) throws IOException {
    for (var greeting :
        List.<DaemonMessage>of(
            new Rejected(EVIL, ProtocolVersion.CURRENT),
            new Failed(EVIL, EVIL),
            new Unknown(EVIL),
            new SessionRemoved(EVIL, 1, EVIL, EVIL, EVIL))) {
      var words =
          greeting instanceof Unknown
              ? "{\"type\":\"" + EVIL.replaceAll("\\p{Cntrl}", "\u009b") + "\"}"
              : line(greeting);
      try (var _ =
          FakeDaemon.at(
              socket(),
              peer -> {
                peer.readLine();
                peer.send(words);
              })) {
        execute(true, command);
      }
    }

    assertHarmless(out);
    assertHarmless(err);
    assertThat(text(out) + text(err)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "watch --json"})
  void nothingThatIsWatchedActsOnTheTerminal(String command) throws Exception {
    for (var isInteractive : List.of(true, false)) {
      out.reset();
      // A picture shows who is there, so nobody goes; the lines tell of those that do.
      var isPicture = isInteractive && command.equals("watch");
      try (var _ = FakeDaemon.answering(socket(), line -> changes(line, !isPicture))) {
        watch(isInteractive, command.split(" ", -1));
      }
      assertHarmless(out);
    }

    assertHarmless(err);
  }

  private static List<String> changes(String request, boolean withRemovals) {
    var updates =
        List.of(
            line(new SessionUpdated(VIEW, 2, EVIL)),
            line(new SessionUpdated(view("the-end", "working", EVIL), 3, EVIL)));
    var removals =
        List.of(
            line(new SessionRemoved(EVIL, 4, EVIL, EVIL, EVIL)),
            line(new SessionRemoved("the-end", 5, EVIL, EVIL, EVIL)));
    return Stream.of(answers(request), updates, withRemovals ? removals : List.<String>of())
        .flatMap(List::stream)
        .toList();
  }

  /** The same JSON with what may stand in it unescaped as it is. */
  private static String raw(String json) {
    return json.replace("\\u009b", "\u009b")
        .replace("\\u007f", "\u007f")
        .replace("\\u202e", "\u202e");
  }

  private static List<String> answers(String question) {
    var type = question.replaceFirst("(?s).*\"type\":\"(\\w+)\".*", "$1");
    var answer =
        switch (type) {
          case "ping" ->
              new Pong(Long.parseLong(question.replaceFirst(".*\"seq\":(\\d+).*", "$1")));
          case "discover" -> new DiscoveryComplete(1, 0);
          case "explain" -> new Explained(explanation());
          case "metrics" -> new Metrics(metrics());
          case "list_sessions", "subscribe" -> new SessionList(List.of(VIEW), 1, EVIL);
          case "history" -> new HistoryTold(new Entries(List.of(ENTRY), 7L));
          case "cost" -> new HistoryTold(new Cost(List.of(new Sum(EVIL, 1.5, 1, 1, 1))));
          case "waits" ->
              new HistoryTold(
                  new Waits(List.of(new Wait(EVIL, EVIL, EVIL, 1.5, 1, Instant.EPOCH, EVIL))));
          case "moment" ->
              new HistoryTold(
                  new Moment(
                      Instant.EPOCH,
                      List.of(new Doing(EVIL, EVIL, EVIL, EVIL, Instant.EPOCH, EVIL, EVIL))));
          default -> new Acknowledged(EVIL, true);
        };
    return List.of(raw(line(answer)));
  }

  private static String metrics() {
    var label = EVIL.replace("\n", "").replace("\r", "");
    return "# HELP "
        + EVIL
        + "\natmd_agent_last_event_seconds{harness=\""
        + label
        + "\"} 5\natmd_agent_unknown_events_total{harness=\"claude\",name=\""
        + label
        + "\"} 1\n";
  }

  private static ExplanationView explanation() {
    var evidence = new SessionView.Evidence(EVIL, EVIL, EVIL, EVIL);
    return new ExplanationView(
        VIEW,
        EVIL,
        EVIL,
        List.of(new ExplanationView.Change(EVIL, EVIL, EVIL, evidence)),
        List.of(new ExplanationView.Open(EVIL, EVIL, EVIL, EVIL)),
        List.of(EVIL));
  }

  private static SessionView view(String id, String status, String text) {
    var window = new SessionView.Window(1, text);
    return new SessionView(
        id,
        text,
        text,
        text,
        text,
        status,
        text,
        text,
        true,
        text,
        21.5,
        text,
        true,
        false,
        text,
        0.35,
        text,
        135.0,
        text,
        text,
        true,
        text,
        text,
        text,
        text,
        text,
        text,
        text,
        text,
        text,
        List.of(text),
        text,
        new SessionView.Plain(
            7L,
            text,
            text,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            text,
            text,
            text,
            text,
            true,
            true,
            new SessionView.Limits(window, window),
            new SessionView.Evidence(text, text, text, text)));
  }

  private static void assertHarmless(ByteArrayOutputStream bytes) {
    var rest = OWN.matcher(text(bytes)).replaceAll("").replace("\r\n", "\n");
    var harmful =
        rest.codePoints()
            .filter(c -> c != '\n')
            .filter(HostileDaemonTest::isHarmful)
            .mapToObj(Integer::toHexString)
            .distinct()
            .toList();
    assertThat(harmful).as("in what was written: %s", rest).isEmpty();
  }

  private static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          true;
      default -> c == 0xFE0F || c == 0x3164 || c == 0x2800 || c == 0xE0100;
    };
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Path socket() {
    return directory.resolve("d.sock");
  }

  private int execute(boolean isInteractive, String... arguments) {
    return Atm.commandLine(surroundings(isInteractive))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  private void watch(boolean isInteractive, String... arguments) throws InterruptedException {
    var watcher = Thread.ofPlatform().start(() -> execute(isInteractive, arguments));
    var deadline = System.nanoTime() + 10_000_000_000L;
    var awaited = isInteractive && arguments.length == 1 ? "title" : "the-end";
    while (!text(out).contains(awaited) && System.nanoTime() < deadline) {
      watcher.join(Duration.ofMillis(5));
    }
    watcher.interrupt();
    watcher.join();
    assertThat(text(out)).as("errors: %s", text(err)).contains(awaited);
  }

  private Surroundings surroundings(boolean isInteractive) {
    var terminal =
        new Terminal() {
          @Override
          public boolean isInteractive() {
            return isInteractive;
          }

          @Override
          public Size size() {
            return isInteractive ? new Size(2_000, 24) : Size.UNBOUNDED;
          }
        };
    return new Surroundings(
        Map.of("ATM_SOCKET", socket().toString(), "HOME", directory.toString()),
        InstantSource.fixed(Instant.parse("2026-11-21T12:00:07Z")),
        terminal);
  }
}
