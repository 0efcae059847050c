package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.HistoryQuestion.By;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked about the past: the plain fields of a line. Rare, so it reads a line anew.
 */
final class HistoryQuestions {
  private final Map<String, String> fields;

  private HistoryQuestions(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Reads a line that is known to be whole. */
  static HistoryQuestion read(String type, byte[] line, int length) throws IOException {
    try (var parser = Json.FACTORY.createParser(line, 0, length)) {
      return new HistoryQuestions(plainFields(parser)).question(type);
    }
  }

  private static Map<String, String> plainFields(JsonParser parser) throws IOException {
    var fields = new HashMap<String, String>();
    var _ = parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
        fields.put(name, parser.getText());
      } else {
        var _ = parser.skipChildren();
      }
    }
    return fields;
  }

  private HistoryQuestion question(String type) {
    return switch (type) {
      case "history" ->
          new HistoryQuestion.Entries(
              fields.get("session"),
              fields.get("project"),
              time("from"),
              time("to"),
              fields.get("grep"),
              number("before"),
              limit());
      case "cost" -> new HistoryQuestion.Cost(by(), time("from"), time("to"));
      case "waits" -> new HistoryQuestion.Waits(time("from"));
      case "moment" -> {
        var at = time("at");
        if (at == null) {
          throw new BadLineException(ErrorCode.MALFORMED, "missing field `at`");
        }
        yield new HistoryQuestion.Moment(at);
      }
      case "ended" -> new HistoryQuestion.Ended(time("from"), limit());
      default -> throw new IllegalArgumentException(type);
    };
  }

  private @Nullable Instant time(String name) {
    var text = fields.get(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw wrong(name, "a time such as 2026-11-21T14:05:00Z");
    }
  }

  private @Nullable Long number(String name) {
    var text = fields.get(name);
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,18}")) {
      throw wrong(name, "a whole number");
    }
    return Long.parseLong(text);
  }

  private int limit() {
    var wanted = number("limit");
    return wanted == null
        ? HistoryQuestion.USUAL_LIMIT
        : Math.clamp(wanted, 1, HistoryQuestion.MAX_LIMIT);
  }

  private By by() {
    var text = fields.getOrDefault("by", "day");
    for (var by : By.values()) {
      if (by.name().toLowerCase(Locale.ROOT).equals(text)) {
        return by;
      }
    }
    throw wrong("by", "day, project, model or session");
  }

  private static BadLineException wrong(String name, String expected) {
    return new BadLineException(ErrorCode.MALFORMED, "`" + name + "` must be " + expected);
  }
}
