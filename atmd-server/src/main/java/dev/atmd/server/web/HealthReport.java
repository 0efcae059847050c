package dev.atmd.server.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;

/** Whether all that happens arrives: a choice of the daemon's counts, as JSON. Stateless. */
final class HealthReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> NAMES =
      List.of(
          "atmd.agent.events",
          "atmd.agent.last.event",
          "atmd.agent.unknown.events",
          "atmd.agent.unknown.fields",
          "atmd.connections",
          "atmd.errors",
          "atmd.events.collapsed",
          "atmd.events.dropped",
          "atmd.memory.resident.bytes",
          "atmd.registry.failures",
          "atmd.registry.mailbox",
          "atmd.registry.sessions",
          "atmd.spool.applied",
          "atmd.spool.bytes",
          "atmd.spool.dropped",
          "atmd.spool.refused",
          "atmd.store.failures",
          "atmd.store.lost",
          "atmd.store.trouble",
          "atmd.streams.connected",
          "atmd.subscribers",
          "atmd.subscribers.lagged",
          "atmd.subscribers.resumed",
          "atmd.web.connections",
          "atmd.web.refused",
          "atmd.web.streams");

  private HealthReport() {}

  static byte[] of(WebGauges gauges, boolean isRedacted, Instant now) {
    var report = JsonNodeFactory.instance.objectNode();
    report.put("type", "health").put("at", now.toString()).put("redacted", isRedacted);
    var readings = report.putArray("readings");
    for (var reading : gauges.read(NAMES)) {
      var one = readings.addObject().put("name", reading.name()).put("value", reading.value());
      reading.of().forEach((tag, of) -> one.put(tag.equals("name") ? "what" : tag, of));
    }
    try {
      return JSON.writeValueAsBytes(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
