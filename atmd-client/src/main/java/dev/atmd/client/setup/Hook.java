package dev.atmd.client.setup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One call of the sender: when, and what is written there.
 *
 * @param event the word of the harness
 * @param matcher which tools or kinds of the event; null for all
 * @param entry the entry, in which {@link #COMMAND} stands for the shell command, {@link #PROGRAM}
 *     for the path of the sender, and {@link #EVENT} for the event
 */
record Hook(String event, @Nullable String matcher, Map<String, Object> entry) {
  static final String COMMAND = "{command}";
  static final String PROGRAM = "{program}";
  static final String EVENT = "{event}";

  private static final Pattern BLANK = Pattern.compile(" ");

  /** One hook for each of the events, which stand with a blank between. */
  static List<Hook> each(Map<String, Object> entry, String events) {
    return BLANK.splitAsStream(events).map(event -> new Hook(event, null, entry)).toList();
  }

  /** An entry with its members in the order in which they will stand in the file. */
  static Map<String, Object> entry(Object... namesAndValues) {
    var entry = new LinkedHashMap<String, Object>();
    for (var at = 0; at < namesAndValues.length; at += 2) {
      entry.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return entry;
  }
}
