package dev.atmd.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Agents that really run on this machine while the tests do. The daemon discovers them, rightly;
 * the tests must not see them.
 */
final class Strangers {
  private static final Pattern PENDING = Pattern.compile("pending-(\\d{1,10})");

  private Strangers() {}

  /** The line as it would be if no agent ran here; null if it would not have come. */
  static @Nullable String removedFrom(String line) {
    if (!line.contains("\"pending-")) {
      return line;
    }
    var message = Wire.parse(line);
    return switch (message.path("type").asText()) {
      case "session_updated" -> isStranger(message.path("session").path("id")) ? null : line;
      case "session_removed" -> isStranger(message.path("session_id")) ? null : line;
      case "session_list" -> withoutStrangers(line, message);
      default -> line;
    };
  }

  private static String withoutStrangers(String line, JsonNode list) {
    var sessions = (ArrayNode) list.path("sessions");
    var count = sessions.size();
    for (var all = sessions.iterator(); all.hasNext(); ) {
      if (isStranger(all.next().path("id"))) {
        all.remove();
      }
    }
    return sessions.size() == count ? line : Wire.json(list);
  }

  private static boolean isStranger(JsonNode id) {
    var pending = PENDING.matcher(id.asText());
    return pending.matches() && Long.parseLong(pending.group(1)) < Unique.FIRST_PID;
  }
}
