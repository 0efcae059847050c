package dev.atmd.server.net;

import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.Connect;
import dev.atmd.protocol.message.ClientMessage.Disconnect;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.Ping;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import dev.atmd.protocol.message.DaemonMessage.Connected;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.ProtocolVersion;

/**
 * What is said in answer to what (atm-protocol §4, §5, §9). One per connection, on its event loop.
 *
 * <pre>
 * greeting   connect of a compatible version        → talking, "connected"
 *            any message of another version         → parted, "rejected"
 *            any other message                      → parted, "error"
 *            a bad line                             → greeting, "error"
 * talking    disconnect                             → parted
 *            too many bad lines without a good one  → parted, "error"
 * </pre>
 */
final class Conversation {
  private final String givenId;
  private final int maxBadLines;
  private boolean greeted;
  private ProtocolVersion agreed = ProtocolVersion.BASE;
  private int badLines;

  /**
   * @param givenId the id of a client that has none of its own
   * @param maxBadLines bad lines in a row that end the conversation
   */
  Conversation(String givenId, int maxBadLines) {
    this.givenId = givenId;
    this.maxBadLines = maxBadLines;
  }

  /** Whether the handshake is done. */
  boolean isGreeted() {
    return greeted;
  }

  /** Whether the client understands what protocol 1.1 adds. */
  boolean isExtended() {
    return !agreed.equals(ProtocolVersion.BASE);
  }

  Step on(ClientLine line) {
    return switch (line) {
      case Unreadable bad -> onBadLine(bad);
      case Understood(var version, var message, _) -> {
        badLines = 0;
        yield greeted ? onMessage(message) : greet(version, message);
      }
    };
  }

  private Step onBadLine(Unreadable bad) {
    badLines++;
    if (badLines >= maxBadLines) {
      return new Step.Part(
          Failed.of(
              ErrorCode.TOO_MANY_BAD_LINES,
              badLines + " bad lines in a row, the last: " + bad.message()));
    }
    return new Step.Answer(Failed.of(bad.code(), bad.message()));
  }

  private Step greet(ProtocolVersion version, ClientMessage message) {
    if (!version.isCompatible()) {
      var reason =
          "Protocol version %s not compatible with server version %s"
              .formatted(version, ProtocolVersion.BASE);
      return new Step.Part(new Rejected(reason, ProtocolVersion.BASE));
    }
    if (!(message instanceof Connect(var clientId))) {
      return new Step.Part(
          Failed.of(ErrorCode.EXPECTED_CONNECT, "Expected Connect message for handshake"));
    }
    greeted = true;
    agreed = version.agreed();
    return new Step.Answer(new Connected(agreed, clientId == null ? givenId : clientId));
  }

  private Step onMessage(ClientMessage message) {
    return switch (message) {
      case Connect _ ->
          new Step.Answer(Failed.of(ErrorCode.ALREADY_CONNECTED, "Already connected"));
      case StatusUpdate update -> new Step.ApplyStatus(update);
      case LifecycleUpdate update -> new Step.ApplyLifecycle(update);
      case Ignored _ -> new Step.Stay();
      case Unacceptable(var code, var text) -> new Step.Answer(Failed.of(code, text));
      case ClientMessage.Explain(var id) -> new Step.Explain(id);
      case ClientMessage.ListSessions _ ->
          new Step.ListSessions(isExtended() ? Detail.FULL : Detail.BASIC);
      case ClientMessage.Subscribe(var request) ->
          new Step.Subscribe(isExtended() ? request : request.basic());
      case ClientMessage.Unsubscribe _ -> new Step.Unsubscribe();
      case Ping(var seq) -> new Step.Answer(new Pong(seq));
      case Disconnect _ -> new Step.Part(null);
      case ClientMessage.Discover _ -> new Step.Discover();
      case ClientMessage.AskHistory(var question) -> new Step.AskHistory(question);
      case ClientMessage.ReadNotices _ -> new Step.ReadNotices();
      case ClientMessage.TestNotices _ -> new Step.TestNotices();
      case ClientMessage.ReadMetrics _ -> new Step.ReadMetrics();
      case ClientMessage.OpenWeb _ -> new Step.OpenWeb();
    };
  }
}
