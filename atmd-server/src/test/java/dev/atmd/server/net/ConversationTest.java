package dev.atmd.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.Connect;
import dev.atmd.protocol.message.ClientMessage.Disconnect;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.Ping;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import dev.atmd.protocol.message.DaemonMessage.Connected;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SubscribeRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final Unreadable BAD = new Unreadable(ErrorCode.MALFORMED, "Parse error: x");

  private final Conversation conversation = new Conversation("client-7", 3);

  @Test
  void answersAConnectWithTheIdOfTheClientAndTheLowerVersion() {
    assertThat(say(new ProtocolVersion(1, 9), new Connect("me")))
        .isEqualTo(new Step.Answer(new Connected(new ProtocolVersion(1, 1), "me")));
    assertThat(conversation.isGreeted()).isTrue();
  }

  @Test
  void givesAnIdToAClientWithoutOne() {
    assertThat(say(new Connect(null)))
        .isEqualTo(new Step.Answer(new Connected(ProtocolVersion.BASE, "client-7")));
  }

  @Test
  void rejectsAnotherMajorVersionWhateverTheMessage() {
    var rejected =
        new Rejected(
            "Protocol version 2.0 not compatible with server version 1.0", ProtocolVersion.BASE);

    assertThat(say(new ProtocolVersion(2, 0), new Ping(1))).isEqualTo(new Step.Part(rejected));
    assertThat(conversation.isGreeted()).isFalse();
  }

  @Test
  void endsWhenTheFirstMessageIsNoConnect() {
    assertThat(say(new Ping(1)))
        .isEqualTo(
            new Step.Part(
                Failed.of(ErrorCode.EXPECTED_CONNECT, "Expected Connect message for handshake")));
  }

  @Test
  void goesOnAfterABadLineBeforeAndAfterTheHandshake() {
    var answer = new Step.Answer(Failed.of(ErrorCode.MALFORMED, "Parse error: x"));

    assertThat(conversation.on(BAD)).isEqualTo(answer);
    say(new Connect(null));
    assertThat(conversation.on(BAD)).isEqualTo(answer);
  }

  @Test
  void endsAtARunOfBadLines() {
    say(new Connect(null));
    conversation.on(BAD);
    conversation.on(BAD);

    assertThat(conversation.on(BAD))
        .isEqualTo(
            new Step.Part(
                Failed.of(
                    ErrorCode.TOO_MANY_BAD_LINES,
                    "3 bad lines in a row, the last: Parse error: x")));
  }

  @Test
  void forgetsBadLinesAtAGoodOne() {
    say(new Connect(null));
    conversation.on(BAD);
    conversation.on(BAD);
    say(new Ping(1));

    assertThat(conversation.on(BAD)).isInstanceOf(Step.Answer.class);
  }

  @Test
  void doesNotMindTheVersionOfLaterMessages() {
    say(new Connect(null));

    assertThat(say(new ProtocolVersion(9, 9), new Ping(42)))
        .isEqualTo(new Step.Answer(new Pong(42)));
  }

  @Test
  void refusesASecondConnect() {
    say(new Connect("a"));

    assertThat(say(new Connect("b")))
        .isEqualTo(new Step.Answer(Failed.of(ErrorCode.ALREADY_CONNECTED, "Already connected")));
  }

  @Test
  void turnsEachMessageIntoItsStep() {
    say(new ProtocolVersion(1, 1), new Connect(null));

    assertThat(say(new ClientMessage.ListSessions())).isEqualTo(new Step.ListSessions(Detail.FULL));
    assertThat(say(new ClientMessage.Subscribe(SubscribeRequest.ALL)))
        .isEqualTo(new Step.Subscribe(SubscribeRequest.ALL));
    assertThat(say(new ClientMessage.Unsubscribe())).isEqualTo(new Step.Unsubscribe());
    assertThat(say(new ClientMessage.Discover())).isEqualTo(new Step.Discover());
    assertThat(say(new ClientMessage.ReadMetrics())).isEqualTo(new Step.ReadMetrics());
    assertThat(say(new ClientMessage.OpenWeb())).isEqualTo(new Step.OpenWeb());
    var question = new HistoryQuestion.Waits(null);
    assertThat(say(new ClientMessage.AskHistory(question)))
        .isEqualTo(new Step.AskHistory(question));
    assertThat(say(new Ignored("PreToolUse"))).isEqualTo(new Step.Stay());
    assertThat(say(new Disconnect())).isEqualTo(new Step.Part(null));
    assertThat(say(new Unacceptable(ErrorCode.INVALID_PAYLOAD, "no")))
        .isEqualTo(new Step.Answer(Failed.of(ErrorCode.INVALID_PAYLOAD, "no")));
  }

  @Test
  void showsAClientOfTheFirstVersionWhatThatHas() {
    say(new Connect(null));
    var summary = new SubscribeRequest(SessionFilter.ALL, Detail.SUMMARY, Duration.ZERO, null);
    var basic = new SubscribeRequest(SessionFilter.ALL, Detail.BASIC, Duration.ZERO, null);

    assertThat(say(new ClientMessage.ListSessions()))
        .isEqualTo(new Step.ListSessions(Detail.BASIC));
    assertThat(say(new ClientMessage.Subscribe(SubscribeRequest.ALL)))
        .isEqualTo(new Step.Subscribe(basic));
    assertThat(say(new ClientMessage.Subscribe(summary))).isEqualTo(new Step.Subscribe(summary));
  }

  private Step say(ClientMessage message) {
    return say(ProtocolVersion.BASE, message);
  }

  private Step say(ProtocolVersion version, ClientMessage message) {
    return conversation.on(new Understood(version, message));
  }
}
