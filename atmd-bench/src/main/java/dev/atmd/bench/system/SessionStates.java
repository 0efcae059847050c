package dev.atmd.bench.system;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.atmd.bench.load.StatusLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a daemon says of the sessions of one run: their costs. Not thread-safe. */
public final class SessionStates {
  private static final JsonFactory JSON = new JsonFactory();

  private final String prefix;
  private final Map<String, Double> costs = new HashMap<>();

  /**
   * @param prefix what the ids of these sessions begin with
   */
  public SessionStates(String prefix) {
    this.prefix = prefix;
  }

  /** The states in the one message that comes next. */
  static SessionStates of(InputStream in, String prefix) throws IOException {
    var states = new SessionStates(prefix);
    try (var parser = JSON.createParser(in)) {
      states.take(parser);
    }
    return states;
  }

  /** Takes over what one line says: a list replaces all, an update one. */
  public void take(String line) throws IOException {
    try (var parser = JSON.createParser(line)) {
      take(parser);
    }
  }

  /** Whether this session stands where this update left it. */
  public boolean shows(String id, int update) {
    var cost = costs.get(id);
    return cost != null && Math.abs(cost - StatusLines.cost(update)) < 0.000_5;
  }

  private void take(JsonParser parser) throws IOException {
    var _ = parser.nextToken();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      var value = parser.nextToken();
      if (value == JsonToken.START_ARRAY && name.equals("sessions")) {
        costs.clear();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          takeSession(parser);
        }
      } else if (value == JsonToken.START_OBJECT && name.equals("session")) {
        takeSession(parser);
      } else if (name.equals("session_id")) {
        costs.remove(parser.getText());
      } else {
        var _ = parser.skipChildren();
      }
    }
  }

  private void takeSession(JsonParser parser) throws IOException {
    @Nullable String id = null;
    var cost = Double.NaN;
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      var _ = parser.nextToken();
      switch (name) {
        case "id" -> id = parser.getText();
        case "cost_usd" -> cost = parser.getDoubleValue();
        default -> {
          var _ = parser.skipChildren();
        }
      }
    }
    if (id != null && id.startsWith(prefix)) {
      costs.put(id, cost);
    }
  }
}
