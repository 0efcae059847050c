package dev.atmd.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.AskHistory;
import dev.atmd.protocol.message.ClientMessage.Connect;
import dev.atmd.protocol.message.ClientMessage.Disconnect;
import dev.atmd.protocol.message.ClientMessage.Discover;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.ListSessions;
import dev.atmd.protocol.message.ClientMessage.OpenWeb;
import dev.atmd.protocol.message.ClientMessage.Ping;
import dev.atmd.protocol.message.ClientMessage.ReadMetrics;
import dev.atmd.protocol.message.ClientMessage.ReadNotices;
import dev.atmd.protocol.message.ClientMessage.Subscribe;
import dev.atmd.protocol.message.ClientMessage.TestNotices;
import dev.atmd.protocol.message.ClientMessage.Unsubscribe;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SubscribeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageWriterTest {
  private static final ProtocolVersion VERSION = new ProtocolVersion(1, 1);

  private final ClientMessageWriter writer = new ClientMessageWriter(VERSION);

  @Test
  void writesTheVersionThenTheTypeThenTheRest() {
    assertThat(new String(writer.connect("dash-1"), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":\"connect\","
                + "\"client_id\":\"dash-1\"}\n");
  }

  @Test
  void writesWhatTheReaderReads() {
    assertReadAs(writer.connect(null), new Connect(null));
    assertReadAs(writer.listSessions(), new ListSessions());
    assertReadAs(writer.unsubscribe(), new Unsubscribe());
    assertReadAs(writer.ping(42), new Ping(42));
    assertReadAs(writer.ping(-1), new Ping(-1));
    assertReadAs(writer.discover(), new Discover());
    assertReadAs(writer.metrics(), new ReadMetrics());
    assertReadAs(writer.web(), new OpenWeb());
    assertReadAs(writer.notices(), new ReadNotices());
    assertReadAs(writer.testNotices(), new TestNotices());
    assertReadAs(writer.disconnect(), new Disconnect());
    assertReadAs(writer.subscribe(SubscribeRequest.ALL), new Subscribe(SubscribeRequest.ALL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "é", "\u200B", "\uD83D\uDE00", "\"\\\n\u0000\u007f\u2028"})
  void writesAnyText(String text) {
    assertReadAs(writer.connect(text), new Connect(text));
    assertReadAs(writer.connect(text.repeat(1_024)), new Connect(text.repeat(1_024)));
  }

  @Test
  void writesQuestionsAboutThePast() {
    var time = Instant.parse("2026-11-21T12:00:00.250Z");
    for (var question :
        List.of(
            new HistoryQuestion.Entries(null, null, null, null, null, null, 200),
            new HistoryQuestion.Entries("a", "/p", time, time, "\"x\"", 7L, 1_000),
            new HistoryQuestion.Cost(HistoryQuestion.By.PROJECT, time, null),
            new HistoryQuestion.Cost(HistoryQuestion.By.DAY, null, time),
            new HistoryQuestion.Waits(time),
            new HistoryQuestion.Waits(null),
            new HistoryQuestion.Moment(time),
            new HistoryQuestion.Ended(time, 20),
            new HistoryQuestion.Ended(null, 1_000))) {
      assertReadAs(writer.history(question), new AskHistory(question));
    }
  }

  @Test
  void writesAFilterWhole() {
    var filter =
        new SessionFilter(
            Set.of(SessionId.of("a"), SessionId.of("pending-7")),
            Set.of(Harness.CLAUDE, Harness.PI),
            Set.of(Status.ATTENTION_NEEDED),
            "/home/dev");

    assertReadAs(
        writer.subscribe(SubscribeRequest.of(filter)), new Subscribe(SubscribeRequest.of(filter)));
  }

  @Test
  void writesAReportWithItsDataAsItIs() {
    var line = writer.report("hook_event", "{\"session_id\":\"a\",\"hook_event_name\":\"Stop\"}");

    assertThat(Lines.understood(text(line))).isInstanceOf(LifecycleUpdate.class);
  }

  private static void assertReadAs(byte[] line, ClientMessage message) {
    assertThat(line).endsWith((byte) '\n');
    assertThat(Lines.read(Arrays.copyOf(line, line.length - 1)))
        .isEqualTo(new Understood(VERSION, message));
  }

  private static String text(byte[] line) {
    return new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
  }
}
