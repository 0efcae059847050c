package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An {@code agent_event} whose payload comes apart from what its sender knows besides, as over
 * HTTP. It is put together and read as the one line that it would be otherwise:
 *
 * <pre>
 * {"protocol_version":{"major":1,"minor":1},"type":"agent_event","harness":"codex","pid":4711,"data":PAYLOAD}
 * </pre>
 *
 * Null is what the sender has not said. Values are checked where every line is.
 */
public record AgentEventLine(
    String harness,
    @Nullable Long pid,
    @Nullable String pane,
    @Nullable String event,
    @Nullable String at,
    @Nullable String id) {

  /** Reads the first {@code length} bytes of a payload as this event. Never throws. */
  public ClientLine read(byte[] payload, int length) {
    try {
      if (!isOneValue(payload, length)) {
        return unreadable("the payload must be one JSON value and nothing else");
      }
      var line = around(payload, length);
      return ClientMessageReader.read(line, line.length);
    } catch (JsonProcessingException e) {
      return unreadable("the payload is not JSON: " + firstLine(e));
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be read or written", e);
    }
  }

  private byte[] around(byte[] payload, int length) throws IOException {
    var line = new ByteArrayOutputStream(length + 256);
    try (var json = Json.FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeObjectFieldStart("protocol_version");
      json.writeNumberField("major", 1);
      json.writeNumberField("minor", 1);
      json.writeEndObject();
      json.writeStringField("type", "agent_event");
      json.writeStringField("harness", harness);
      if (pid != null) {
        json.writeNumberField("pid", pid);
      }
      write(json, "tmux_pane", pane);
      write(json, "event", event);
      write(json, "at", at);
      write(json, "id", id);
      json.writeFieldName("data");
      json.flush();
      line.write(':');
      line.write(payload, 0, length);
      line.write('}');
      return line.toByteArray();
    }
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  /** Else what follows the value would be read as fields beside it. */
  private static boolean isOneValue(byte[] payload, int length) throws IOException {
    try (var parser = Json.FACTORY.createParser(payload, 0, length)) {
      if (parser.nextToken() == null) {
        return false;
      }
      var _ = parser.skipChildren();
      return parser.nextToken() == null;
    }
  }

  private static ClientLine unreadable(String problem) {
    return new Unreadable(ErrorCode.MALFORMED, "Parse error: " + problem);
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }
}
