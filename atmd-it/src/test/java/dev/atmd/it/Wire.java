package dev.atmd.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages of a client, as the reference clients write them, without line ends. */
final class Wire {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String HEAD = head(0);

  private Wire() {}

  static String connect(String clientId) {
    return message("connect", "client_id", clientId);
  }

  static String ping(long seq) {
    return message("ping", "seq", seq);
  }

  static String list() {
    return message("list_sessions");
  }

  /** With fields such as {@code "harness":["pi"]}. */
  static String subscribe(String... fields) {
    return HEAD
        + "\"subscribe\""
        + (fields.length == 0 ? "" : ",")
        + String.join(",", fields)
        + "}";
  }

  static String hook(String id, long pid, String event, Object... more) {
    var data = fields(more);
    data.put("session_id", id);
    data.put("hook_event_name", event);
    data.put("pid", pid);
    return message("hook_event", "data", data);
  }

  static String pi(String id, long pid, String event, Map<String, ?> payload) {
    return message(
        "pi_event",
        "data",
        fields("event", event, "payload", payload, "session_id", id, "pid", pid));
  }

  /** A status line with these costs; everything else is as in any other. */
  static String status(String id, long pid, double dollars, Object... more) {
    var data = fields("session_id", id, "pid", pid);
    data.put("model", fields("id", "claude-sonnet-4-20250514"));
    data.put("cost", fields("total_cost_usd", dollars, "total_duration_ms", 1_000));
    data.put("context_window", fields("total_input_tokens", 100, "context_window_size", 200_000));
    data.putAll(fields(more));
    return message("status_update", "data", data);
  }

  static String message(String type, Object... more) {
    return written(HEAD, type, fields(more));
  }

  /** A message of a later minor version. */
  static String messageOf(int minor, String type, Map<String, ?> more) {
    return written(head(minor), type, more);
  }

  private static String written(String head, String type, Map<String, ?> more) {
    var tail = json(more).substring(1);
    return head + json(type) + (tail.equals("}") ? "" : ",") + tail;
  }

  private static String head(int minor) {
    return "{\"protocol_version\":{\"major\":1,\"minor\":" + minor + "},\"type\":";
  }

  /** Names and values in turn. */
  static Map<String, Object> fields(Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("cannot be written as JSON: " + value, e);
    }
  }

  static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("the daemon sent a line that is not JSON: " + line, e);
    }
  }
}
