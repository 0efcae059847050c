package dev.atmd.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must be true of the sessions of a scenario. */
sealed interface Expectation {
  /** What is wrong, if anything is. */
  Optional<String> mismatch(Cast cast, List<JsonNode> own);

  /** There are so many sessions, or one of these numbers. */
  record Count(Set<Integer> allowed) implements Expectation {
    @Override
    public Optional<String> mismatch(Cast cast, List<JsonNode> own) {
      return allowed.contains(own.size())
          ? Optional.empty()
          : Optional.of("expected " + allowed + " sessions, seen " + own.size());
    }
  }

  /** A session is in one of these states and its fields have these values. */
  record State(String who, List<String> allowed, List<Field> fields) implements Expectation {
    static final String GONE = "gone";

    public State {
      allowed = List.copyOf(allowed);
      fields = List.copyOf(fields);
    }

    @Override
    public Optional<String> mismatch(Cast cast, List<JsonNode> own) {
      var found = cast.find(who, own);
      var wrong = new ArrayList<String>();
      if (allowed.stream().noneMatch(word -> fits(word, found))) {
        wrong.add(String.join(" or ", allowed) + ", seen " + found.map(State::seen).orElse(GONE));
      }
      found.ifPresent(session ->
          fields.forEach(field -> field.mismatch(cast, session, own).ifPresent(wrong::add)));
      return wrong.isEmpty()
          ? Optional.empty()
          : Optional.of("expected " + who + " to be " + String.join("; ", wrong));
    }

    private static boolean fits(String word, Optional<JsonNode> found) {
      return word.equals(GONE)
          ? found.isEmpty()
          : found.filter(session -> fits(word, session)).isPresent();
    }

    /** Whether it has the status, such as {@code idle} or {@code attention_needed(plan)}. */
    private static boolean fits(String word, JsonNode session) {
      return word.equals(session.path("status").asText()) || word.equals(seen(session));
    }

    private static String seen(JsonNode session) {
      var reason = session.path("reason").asText();
      return session.path("status").asText() + (reason.isEmpty() ? "" : "(" + reason + ")");
    }
  }

  /** A field of a session has this value, or contains it. */
  record Field(String name, boolean isPart, String value) {
    private static final String NONE = "none";

    /** Percentages and costs are shown with one and six decimals. */
    private static final double TOLERANCE = 0.051;

    static final Map<String, String> WIRE_NAMES =
        Map.ofEntries(
            Map.entry("detail", "activity_detail"),
            Map.entry("context", "context_percentage"),
            Map.entry("window", "context_window_size"),
            Map.entry("cost", "cost_usd"),
            Map.entry("prompt", "first_prompt"),
            Map.entry("parent", "parent_session_id"),
            Map.entry("children", "child_session_ids"),
            Map.entry("harness", "harness"),
            Map.entry("model", "model"),
            Map.entry("type", "agent_type"),
            Map.entry("cwd", "cwd"),
            Map.entry("pid", "pid"));

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    Optional<String> mismatch(Cast cast, JsonNode session, List<JsonNode> own) {
      var seen = session.path(WIRE_NAMES.getOrDefault(name, name));
      return switch (name) {
        case "parent", "children" -> links(cast, seen, own);
        case "pid" -> mismatch(seen, seen.asLong() == cast.pid(value));
        default -> mismatch(seen, fits(seen));
      };
    }

    private Optional<String> mismatch(JsonNode seen, boolean fits) {
      return fits
          ? Optional.empty()
          : Optional.of("with " + name + (isPart ? "~" : "=") + value + ", seen " + seen);
    }

    private boolean fits(JsonNode seen) {
      if (value.equals(NONE)) {
        return seen.isMissingNode() || seen.isNull();
      }
      if (seen.isNumber() && NUMBER.matcher(value).matches()) {
        return Math.abs(seen.asDouble() - Double.parseDouble(value)) < TOLERANCE;
      }
      return isPart ? seen.asText().contains(value) : seen.asText().equals(value);
    }

    private Optional<String> links(Cast cast, JsonNode seen, List<JsonNode> own) {
      var ids = new ArrayList<String>();
      if (seen.isTextual()) {
        ids.add(seen.asText());
      }
      seen.forEach(id -> ids.add(id.asText()));
      var wanted =
          Arrays.stream(value.split(","))
              .filter(who -> !who.equals(NONE))
              .map(who -> cast.find(who, own).map(found -> found.path("id").asText()).orElse(who))
              .toList();
      return mismatch(seen, ids.size() == wanted.size() && Set.copyOf(ids).containsAll(wanted));
    }
  }
}
