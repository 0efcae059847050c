package dev.atmd.server.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atmd.protocol.json.AgentEventLine;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one message of OpenCode's stream turned out to be, of both generations (harnesses §3):
 *
 * <pre>
 * {"type":"session.idle","properties":{…}}                                   /event
 * {"directory":"/web","payload":{"type":"session.idle","properties":{…}}}    /global/event
 * {"id":"evt_1","created":1795241043112,"type":"…","durable":{…},"data":{…}} /api/event
 * </pre>
 */
sealed interface OpenCodeMessage {
  ObjectMapper JSON = new ObjectMapper();

  /** An event, as a sender would give it. */
  @SuppressWarnings("ArrayRecordComponent") // It is handed on; nobody compares it.
  record Event(AgentEventLine beside, byte[] payload) implements OpenCodeMessage {}

  /** About the stream itself, or about what was before we listened. */
  record Aside() implements OpenCodeMessage {}

  record Bad(String why) implements OpenCodeMessage {}

  /**
   * Reads one message.
   *
   * @param askedAt when the stream was asked for: a durable event from before is a replay, and may
   *     begin what has ended since
   */
  static OpenCodeMessage read(byte[] message, Instant askedAt) {
    try {
      var said = JSON.readTree(message);
      var payload = said.path("payload");
      var isWrapped = !said.has("type") && payload.isObject();
      var event = isWrapped ? payload : said;
      var type = event.path("type");
      if (!type.isTextual()) {
        return new Bad("a message without a type");
      }
      var at = at(event);
      if (type.textValue().startsWith("server.") || isReplay(event, at, askedAt)) {
        return new Aside();
      }
      var id = event.path("id").isTextual() ? event.path("id").textValue() : null;
      var beside =
          new AgentEventLine("opencode", null, null, null, at == null ? null : at.toString(), id);
      return new Event(beside, isWrapped ? unwrapped(said, payload) : message);
    } catch (JsonProcessingException e) {
      return new Bad("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be read", e);
    }
  }

  private static @Nullable Instant at(JsonNode event) {
    var created = event.path("created");
    return created.isIntegralNumber() && created.canConvertToLong()
        ? Instant.ofEpochMilli(created.longValue())
        : null;
  }

  private static boolean isReplay(JsonNode event, @Nullable Instant at, Instant askedAt) {
    return event.path("durable").isObject() && at != null && at.isBefore(askedAt);
  }

  /** Its directory stands beside the event, as our own plugin has it. */
  private static byte[] unwrapped(JsonNode said, JsonNode payload) throws JsonProcessingException {
    var directory = said.path("directory");
    if (payload instanceof ObjectNode event && directory.isTextual() && !event.has("directory")) {
      event.set("directory", directory);
    }
    return JSON.writeValueAsBytes(payload);
  }
}
