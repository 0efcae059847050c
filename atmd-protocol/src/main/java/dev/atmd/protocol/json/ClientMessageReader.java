package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atmd.core.registry.Delivery;
import dev.atmd.core.session.Harness;
import dev.atmd.protocol.adapter.Adapters;
import dev.atmd.protocol.adapter.Adapters.Adapter;
import dev.atmd.protocol.adapter.Payload;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.AskHistory;
import dev.atmd.protocol.message.ClientMessage.Connect;
import dev.atmd.protocol.message.ClientMessage.Disconnect;
import dev.atmd.protocol.message.ClientMessage.Discover;
import dev.atmd.protocol.message.ClientMessage.Explain;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.ListSessions;
import dev.atmd.protocol.message.ClientMessage.OpenWeb;
import dev.atmd.protocol.message.ClientMessage.Ping;
import dev.atmd.protocol.message.ClientMessage.ReadMetrics;
import dev.atmd.protocol.message.ClientMessage.ReadNotices;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ClientMessage.Subscribe;
import dev.atmd.protocol.message.ClientMessage.TestNotices;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import dev.atmd.protocol.message.ClientMessage.Unsubscribe;
import dev.atmd.protocol.message.ErrorCode;
import java.io.IOException;

/**
 * Turns a line from a client into a message (atm-protocol §3, §5):
 *
 * <pre>
 * {"protocol_version":{"major":1,"minor":0},"type":"ping","seq":42}
 * </pre>
 *
 * The payload of a report is read in the same pass if its type stands before it, as every known
 * client writes it; else the line is read a second time. Stateless and thread-safe.
 */
public final class ClientMessageReader {
  private ClientMessageReader() {}

  /** Reads the first {@code length} bytes of {@code line}, which hold no line end. Never throws. */
  public static ClientLine read(byte[] line, int length) {
    var status = QuickStatusLine.read(line, length);
    return status != null ? status : readAny(line, length);
  }

  /** The same without the quick way in, which it must agree with. */
  static ClientLine readAny(byte[] line, int length) {
    var fault = LineText.check(line, length);
    if (fault != null) {
      return new Unreadable(fault.code(), "Parse error: " + fault.message());
    }
    try (var parser = Json.FACTORY.createParser(line, 0, length)) {
      var fields = new MessageFields(parser);
      fields.readAll();
      var message = message(fields, line, length);
      return new Understood(fields.version(), message, fields.receipt());
    } catch (BadLineException e) {
      return new Unreadable(e.code(), "Parse error: " + e.getMessage());
    } catch (JsonProcessingException e) {
      return new Unreadable(ErrorCode.MALFORMED, "Parse error: " + described(e));
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be read", e);
    }
  }

  private static ClientMessage message(MessageFields fields, byte[] line, int length)
      throws IOException {
    var type = fields.type();
    return switch (type) {
      case "status_update", "hook_event", "pi_event" -> {
        var payload = fields.payload();
        yield report(
            payload != null ? payload : readData(line, length, MessageFields.adapterOf(type)),
            Delivery.PLAIN);
      }
      case "agent_event" -> agentEvent(fields, line, length);
      case "connect" -> new Connect(fields.optionalString("client_id"));
      case "list_sessions" -> new ListSessions();
      case "subscribe" -> new Subscribe(SubscribeFields.request(fields));
      case "unsubscribe" -> new Unsubscribe();
      case "ping" -> new Ping(fields.requiredU64("seq"));
      case "disconnect" -> new Disconnect();
      case "discover" -> new Discover();
      case "explain" -> new Explain(fields.requiredId("session_id"));
      case "metrics" -> new ReadMetrics();
      case "web" -> new OpenWeb();
      case "notices" -> new ReadNotices();
      case "notify_test" -> new TestNotices();
      case "history", "cost", "waits", "moment", "ended" ->
          new AskHistory(HistoryQuestions.read(type, line, length));
      default ->
          throw new BadLineException(
              ErrorCode.UNKNOWN_TYPE, "unknown message type `" + shortened(type) + "`");
    };
  }

  private static ClientMessage agentEvent(MessageFields fields, byte[] line, int length)
      throws IOException {
    var tag = fields.requiredString("harness");
    fields.requireData();
    var harness = Harness.ofTag(tag);
    if (harness.isEmpty()) {
      return new Unacceptable(
          ErrorCode.UNKNOWN_HARNESS, "unknown harness `" + shortened(tag) + "`");
    }
    var sender = AgentEvents.sender(fields);
    var payload = readData(line, length, in -> Adapters.agentEvent(in, harness.get(), sender));
    if (harness.get() == Harness.PI && Adapters.mayHoldConversation(payload)) {
      payload = Adapters.measured(payload, readData(line, length, Adapters::piEvent));
    }
    return report(payload, AgentEvents.delivery(fields));
  }

  private static ClientMessage report(Payload payload, Delivery delivery) {
    return switch (payload) {
      case Payload.Status(var status) -> new StatusUpdate(status, delivery);
      case Payload.Lifecycle(var lifecycle, var id, var at) ->
          new LifecycleUpdate(lifecycle, delivery.or(id, at));
      case Payload.Meaningless(var event) -> new Ignored(event);
      case Payload.Strange(var harness, var event) -> new Ignored(event, harness);
      case Payload.Invalid(var message) -> new Unacceptable(ErrorCode.INVALID_PAYLOAD, message);
    };
  }

  /** Reads the payload of a line that is known to be whole and to have one. */
  private static Payload readData(byte[] line, int length, Adapter adapter) throws IOException {
    try (var parser = Json.FACTORY.createParser(line, 0, length)) {
      var _ = parser.nextToken();
      while (!"data".equals(parser.nextFieldName())) {
        var _ = parser.nextToken();
        var _ = parser.skipChildren();
      }
      var _ = parser.nextToken();
      return adapter.read(new PayloadReader(parser));
    }
  }

  private static String described(JsonProcessingException e) {
    var at = e.getLocation();
    var column = at == null ? "" : " at column " + at.getColumnNr();
    var text = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
    // Jackson adds where the object began, in words about its own settings.
    return text.split(" \\(start marker at ", 2)[0] + column;
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, text.offsetByCodePoints(0, 32)) + "…";
  }
}
