package dev.atmd.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a client knows that believes every message. */
final class KnownSessions {
  /** They depend on the moment of looking. */
  private static final List<String> AGES = List.of("last_activity_display", "age_display");

  private final Map<String, JsonNode> sessions = new HashMap<>();

  /** What a client knows that has just asked for everything. */
  static KnownSessions of(TestDaemon daemon) {
    try (var client = daemon.greeted()) {
      var known = new KnownSessions();
      client.list().forEach(known::put);
      return known;
    }
  }

  void follow(JsonNode message) {
    switch (message.path("type").asText()) {
      case "session_list" -> {
        sessions.clear();
        message.path("sessions").forEach(this::put);
      }
      case "session_updated" -> put(message.path("session"));
      case "session_removed" -> sessions.remove(message.path("session_id").asText());
      case "resumed", "lagged" -> {}
      default -> throw new AssertionError("unexpected: " + message);
    }
  }

  private void put(JsonNode view) {
    var essence = view.<ObjectNode>deepCopy();
    essence.remove(AGES);
    sessions.put(view.path("id").asText(), essence);
  }

  /** By id, without what depends on the moment of looking. */
  Map<String, JsonNode> sessions() {
    return sessions;
  }
}
