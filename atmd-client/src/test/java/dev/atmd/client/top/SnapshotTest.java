package dev.atmd.client.top;

import static dev.atmd.client.top.Recording.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.Views;
import dev.atmd.client.text.Script;
import dev.atmd.client.text.TextWidth;
import dev.atmd.client.top.Key.Named;
import dev.atmd.client.top.Told.Explained;
import dev.atmd.client.top.Told.Peeked;
import dev.atmd.protocol.json.DaemonMessageReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The screen as text. {@code -Dsnapshots.write=true} makes what is drawn now the record; review the
 * difference.
 */
class SnapshotTest {
  private static final Size USUAL = new Size(80, 24);
  private static final Path RECORDS = Path.of("src/test/resources/top/screens");

  @ParameterizedTest
  @CsvSource({"28,20", "80,24", "120,40"})
  void drawsTheFleet(int columns, int rows) throws IOException {
    var desk = Recording.desk(Theme.DARK);
    explain(desk);

    assertRecorded(
        "fleet-" + columns + "x" + rows, desk.frame(NOW, new Size(columns, rows)).plain());
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void paintsEachTheme(Theme theme) throws IOException {
    var desk = Recording.desk(theme);
    explain(desk);

    assertRecorded("theme-" + theme.word(), visible(desk.frame(NOW, USUAL)));
  }

  @ParameterizedTest
  @CsvSource({"28,20", "80,24", "120,40"})
  void remembersTheFinished(int columns, int rows) throws IOException {
    var desk = Recording.finishing(Theme.DARK);
    press(desk, "G");

    assertRecorded(
        "finished-" + columns + "x" + rows, desk.frame(NOW, new Size(columns, rows)).plain());
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void paintsTheFinishedInEachTheme(Theme theme) throws IOException {
    var desk = Recording.finishing(theme);
    press(desk, "Gk");

    assertRecorded("finished-" + theme.word(), visible(desk.frame(NOW, USUAL)));
  }

  @ParameterizedTest
  @CsvSource({"28,20", "80,24", "120,40"})
  void drawsWithAsciiOnly(int columns, int rows) throws IOException {
    var desk = Recording.finishing(Theme.NONE);
    explain(desk);
    var frame = desk.frame(NOW, new Size(columns, rows));

    var rowsInAscii = frame.plain().lines().map(Script.ASCII::text).toList();
    assertRecorded("ascii-" + columns + "x" + rows, String.join("\n", rowsInAscii));
    assertThat(String.join("", frame.painted(Script.ASCII))).matches("\\p{ASCII}*");
    assertThat(rowsInAscii.stream().map(TextWidth::of))
        .isEqualTo(frame.lines().stream().map(line -> TextWidth.of(line.plain())).toList());
  }

  @Test
  void helpsWithAsciiOnly() throws IOException {
    var desk = Recording.desk(Theme.NONE);
    press(desk, "?");

    assertRecorded("ascii-help", Script.ASCII.text(desk.frame(NOW, USUAL).plain()));
  }

  @ParameterizedTest
  @CsvSource({"28,20", "80,24", "120,40"})
  void groupsByProjectWithWorktreesFolded(int columns, int rows) throws IOException {
    var desk = Recording.desk(Theme.DARK);
    press(desk, "p");

    assertRecorded(
        "projects-" + columns + "x" + rows, desk.frame(NOW, new Size(columns, rows)).plain());
  }

  @Test
  void opensSubagents() throws IOException {
    var desk = Recording.desk(Theme.DARK);
    press(desk, "/retries");
    desk.press(Named.ENTER);
    press(desk, "o");

    assertRecorded("subagents", desk.frame(NOW, USUAL).plain());
  }

  @Test
  void showsWhatWouldBeTyped() throws IOException {
    var desk = Recording.desk(Theme.DARK);
    press(desk, "wy");
    desk.told(
        new Peeked(
            new PaneId("%3"),
            List.of(
                "Bash command",
                "  npm publish",
                "Do you want to proceed?",
                "❯ 1. Yes",
                "  2. No")));

    assertRecorded("confirm", desk.frame(NOW, USUAL).plain());
  }

  @Test
  void writesAReply() throws IOException {
    var desk = Recording.desk(Theme.DARK);
    press(desk, "r8080, as before");

    assertRecorded("reply", desk.frame(NOW, USUAL).plain());
  }

  @ParameterizedTest
  @CsvSource({"28,20", "80,24"})
  void helps(int columns, int rows) throws IOException {
    var desk = Recording.desk(Theme.DARK);
    press(desk, "?");

    assertRecorded(
        "help-" + columns + "x" + rows, desk.frame(NOW, new Size(columns, rows)).plain());
  }

  @Test
  void dimsWhatMayBeOldWhileDisconnected() throws IOException {
    var desk = Recording.desk(Theme.DARK);
    desk.lost("no daemon listens at /run/atm.sock\u001b[2J", Duration.ofSeconds(4), NOW);

    assertRecorded("disconnected", visible(desk.frame(NOW, USUAL)));
  }

  @Test
  void saysWhatToDoWhereThereIsNothing() throws IOException {
    var desk = DeskTest.desk(Theme.DARK);
    var asking = desk.frame(NOW, USUAL).plain();
    desk.lost("no daemon listens at /run/atm.sock", Duration.ofSeconds(1), NOW);
    var lost = desk.frame(NOW, USUAL).plain();
    desk.back();
    desk.news(Views.list(1), NOW);

    assertRecorded(
        "empty",
        String.join("\n=====\n", asking, lost, desk.frame(NOW, USUAL).plain())
            + "\n=====\n"
            + desk.frame(NOW, new Size(28, 12)).plain());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,2", "20,5", "28,20", "59,10", "60,12", "80,24", "120,40", "300,100"})
  void fitsIntoAnyScreen(int columns, int rows) {
    var desk = Recording.finishing(Theme.DARK);
    for (var keys : List.of("", "G", "p", "?", "?wy", "q", "/x", "\r", "ZZ")) {
      press(desk, keys);
      var lines = desk.frame(NOW, new Size(columns, rows)).lines();

      assertThat(lines).as(keys).hasSizeLessThanOrEqualTo(rows);
      assertThat(lines).allMatch(line -> TextWidth.of(line.plain()) <= columns);
    }
  }

  @Test
  void letsNothingOfASessionActOnTheTerminal() {
    var desk = Recording.finishing(Theme.NONE);
    for (var i = 0; i < 12; i++) {
      press(desk, "j");
      var painted = String.join("", desk.frame(NOW, new Size(200, 60)).painted(Script.UNICODE));

      assertThat(painted.replaceAll("\033\\[[0-9;]*m", "")).doesNotContainPattern("\\p{Cntrl}");
      assertThat(painted).doesNotContain("\033[31m", "\u202e");
    }
  }

  /** Whatever a daemon, or who poses as one, puts into any field. */
  @Test
  void letsNoFieldActOnTheTerminal() throws IOException {
    var hostile = "\\\\u001b[31m\\\\u001b]0;x\\\\u0007\\\\u202e\\\\r\\\\n";
    var desk = DeskTest.desk(Theme.NONE);
    for (var message : Recording.messages()) {
      var line =
          Views.line(message)
              .replaceAll("\"(?!session_)([^\"]*)\"([,}\\]])", "\"$1" + hostile + "\"$2");
      desk.news(DaemonMessageReader.read(line.getBytes(StandardCharsets.UTF_8)), NOW);
      desk.lost(hostile, Duration.ofSeconds(1), NOW);
      desk.back();
      var painted = String.join("", desk.frame(NOW, new Size(200, 60)).painted(Script.UNICODE));

      assertThat(painted.replaceAll("\033\\[[0-9;]*m", "")).doesNotContainPattern("\\p{Cntrl}");
      assertThat(painted).doesNotContain("\033[31m", "\u202e");
    }
    assertThat(desk.frame(NOW, new Size(200, 60)).plain()).contains("idle 7");
  }

  static void press(Desk desk, String keys) {
    keys.chars().forEach(c -> desk.press(Key.typed((char) c)));
  }

  private static void explain(Desk desk) {
    press(desk, "w");
    assertThat(desk.wants(NOW)).contains(new Effect.Inspect(Recording.ASKING));
    desk.told(new Explained(Recording.ASKING, Recording.explanation()));
  }

  /** With what is written for the terminal spelt out. */
  private static String visible(Frame frame) {
    return frame.painted(Script.UNICODE).stream()
        .map(row -> row.replace("\033[0m", "<>").replaceAll("\033\\[([0-9;]*)m", "<$1>"))
        .collect(Collectors.joining("\n"));
  }

  private static void assertRecorded(String name, String seen) throws IOException {
    var record = RECORDS.resolve(name + ".txt");
    if (Boolean.getBoolean("snapshots.write")) {
      Files.createDirectories(RECORDS);
      Files.writeString(record, seen + "\n");
    }
    assertThat(seen + "\n").isEqualTo(Files.readString(record));
  }
}
