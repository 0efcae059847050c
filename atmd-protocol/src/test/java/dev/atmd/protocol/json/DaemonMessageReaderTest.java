package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Views.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Connected;
import dev.atmd.protocol.message.DaemonMessage.Dashboard;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.HistoryTold;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.DaemonMessage.Notices;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.DaemonMessage.Unknown;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.NoticeDelivery;
import dev.atmd.protocol.message.ProtocolVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonMessageReaderTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");

  static final List<DaemonMessage> MESSAGES =
      List.of(
          new Connected(new ProtocolVersion(65_535, 65_535), "\u200B"),
          new Rejected("", ProtocolVersion.BASE),
          new SessionList(List.of(), 0, "e"),
          new SessionList(
              List.of(view(Views.shop()), view(Views.asking()), view(Views.silent())), 7, "e"),
          new SessionUpdated(view(Views.asking()), Long.MAX_VALUE, "\uD83D\uDE00"),
          new SessionRemoved("a", 1, "e", "session_ended", null),
          new SessionRemoved("pending-7", 1, "e", "renamed", "a"),
          new Pong(42),
          new Pong(-1),
          new Failed("x", null),
          new Failed("x", "malformed"),
          new DiscoveryComplete(4_294_967_295L, 1),
          new Metrics("# HELP x\nx 1\n"),
          new Dashboard("http://127.0.0.1:7717/#token=1"),
          new Notices(
              List.of(new NoticeDelivery(NOON, "done", "a", "shop is done", "none", true, "x"))),
          new HistoryTold(new HistoryAnswer.Entries(List.of(), null)),
          new HistoryTold(
              new HistoryAnswer.Entries(
                  List.of(
                      new HistoryAnswer.Entry(
                          NOON, "a", "pi", "/p", "state", "idle", "x", "y", "z", "turn_over"),
                      new HistoryAnswer.Entry(
                          NOON, "b", "?", null, "began", null, null, null, null, null)),
                  7L)),
          new HistoryTold(
              new HistoryAnswer.Cost(List.of(new HistoryAnswer.Sum("2026-11-21", 1.25, 1, -1, 2)))),
          new HistoryTold(
              new HistoryAnswer.Waits(
                  List.of(
                      new HistoryAnswer.Wait("a", "pi", "/p", 1.5, 2, NOON, "May I?"),
                      new HistoryAnswer.Wait("b", "pi", null, 0.0, 1, null, null)))),
          new HistoryTold(
              new HistoryAnswer.Moment(
                  NOON,
                  List.of(
                      new HistoryAnswer.Doing("a", "pi", "/p", "working", NOON, "Bash", "ls"),
                      new HistoryAnswer.Doing("b", "pi", null, "idle", NOON, null, null)))),
          new HistoryTold(
              new HistoryAnswer.Ended(
                  List.of(
                      new HistoryAnswer.Over(
                          NOON, "a", "pi", "/p", "main", "Opus 4.5", "session_ended", NOON, 1.5),
                      new HistoryAnswer.Over(
                          NOON, "b", "pi", null, null, null, "process_died", NOON, null)))),
          new Unknown("session_paused"));

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void readsWhatIsWritten(DaemonMessage message) throws IOException {
    assertThat(DaemonMessageReader.read(DaemonMessageWriter.line(message))).isEqualTo(message);
  }

  @Test
  void readsTheViewOfA1_0Daemon() throws IOException {
    var view = Views.withoutPlain(view(Views.asking()));
    var line =
        new String(DaemonMessageWriter.line(new SessionUpdated(view, 0, "")), UTF_8)
            .replace(",\"seq\":0,\"epoch\":\"\"", "");

    assertThat(read(line)).isEqualTo(new SessionUpdated(view, 0, ""));
  }

  @Test
  void readsTheOldestViewWithoutAHarness() throws IOException {
    var view = Views.withoutPlain(view(Views.silent()));
    var line =
        new String(DaemonMessageWriter.line(new SessionUpdated(view, 0, "")), UTF_8)
            .replace("\"harness\":\"?\",", "")
            .replace("\"activity_detail\":null,", "")
            .replace(",\"tmux_pane\":null", "")
            .replace("\"working_directory\":null,", "");

    assertThat(read(line))
        .isInstanceOfSatisfying(
            SessionUpdated.class, updated -> assertThat(updated.session().harness()).isEmpty());
  }

  @Test
  void skipsFieldsItDoesNotKnow() throws IOException {
    assertThat(read("{\"new\":{\"x\":[1,null]},\"seq\":5,\"type\":\"pong\"}"))
        .isEqualTo(new Pong(5));
    assertThat(read("{\"type\":\"session_removed\",\"session_id\":\"a\"}"))
        .isEqualTo(new SessionRemoved("a", 0, "", "", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"type\":5}",
        "{\"type\":\"pong\",\"seq\":\"x\"}",
        "{\"type\":\"connected\"}",
        "{\"type\":\"session_list\"}",
        "{\"type\":\"session_list\",\"sessions\":[5]}",
        "{\"type\":\"session_updated\",\"session\":{}}",
        "{\"type\":\"session_updated\",\"session\":[]}",
        "{\"type\":\"pong\""
      })
  void saysWhatIsNoMessage(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(IOException.class);
  }

  @Test
  void throwsNothingButIoExceptions() {
    var seed = 20_261_121L;
    var random = new Random(seed);
    for (var i = 0; i < 5_000; i++) {
      var line = DaemonMessageWriter.line(MESSAGES.get(random.nextInt(MESSAGES.size())));
      line[random.nextInt(line.length)] = (byte) "{}[]\",:\\0-9eEu.tfn".charAt(random.nextInt(18));
      var thrown = catchThrowable(() -> DaemonMessageReader.read(line));
      if (thrown != null) {
        assertThat(thrown).as("seed %d, try %d", seed, i).isInstanceOf(IOException.class);
      }
    }
  }

  private static DaemonMessage read(String line) throws IOException {
    return DaemonMessageReader.read(line.getBytes(UTF_8));
  }
}
