package dev.atmd.protocol.adapter;

import dev.atmd.protocol.json.PayloadReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a payload says, by path: {@code tool_input.command}, {@code tasks[0].type}. Nothing in it is
 * an error: a value of another type than asked for counts as absent, so that one bad field loses
 * only itself. Bounded, whatever the payload holds.
 *
 * <pre>
 * {"session_id":"a","tool_input":{"command":"make"},"tasks":[{"type":"shell"}]}
 *   session_id = "a", tool_input.command = "make", tasks = 1 element, tasks[0].type = "shell"
 * </pre>
 */
public final class Facts {
  private static final int MAX_FACTS = 512;
  private static final int MAX_DEPTH = 6;

  /** Longer strings are cut; no name or path is, and a prompt is cut again by the registry. */
  private static final int MAX_CHARS = 32 * 1024;

  /** As many characters as a system opens a path with; a longer name is none. */
  private static final int MAX_NAME_CHARS = 4_096;

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> fields = new LinkedHashSet<>();

  private Facts() {}

  /** What has no value of its own. */
  private enum Kind {
    OBJECT
  }

  /** How many elements an array has. */
  private record Elements(int count) {}

  /** Reads the current value of {@code in}, whole. */
  static Facts read(PayloadReader in) throws IOException {
    var facts = new Facts();
    facts.readValue(in, "", 0);
    return facts;
  }

  private void readValue(PayloadReader in, String path, int depth) throws IOException {
    if (depth > MAX_DEPTH || values.size() >= MAX_FACTS) {
      in.skip();
    } else if (in.isObject()) {
      readObject(in, path, depth);
    } else if (in.isArray()) {
      readArray(in, path, depth);
    } else if (in.isString()) {
      values.put(path, cut(in.string()));
    } else if (in.isBoolean()) {
      values.put(path, Boolean.TRUE.equals(in.optionalBoolean()));
    } else {
      var number = in.numberIfAny();
      if (number != null) {
        values.put(path, number);
      }
    }
  }

  private void readObject(PayloadReader in, String path, int depth) throws IOException {
    values.put(path, Kind.OBJECT);
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      if (depth == 0 && fields.size() < MAX_FACTS) {
        fields.add(name);
      }
      readValue(in, path.isEmpty() ? name : path + "." + name, depth + 1);
    }
  }

  private void readArray(PayloadReader in, String path, int depth) throws IOException {
    var count = 0;
    while (in.nextElement()) {
      readValue(in, path + "[" + count + "]", depth + 1);
      count++;
    }
    values.put(path, new Elements(count));
  }

  private static String cut(@Nullable String text) {
    if (text == null) {
      return "";
    }
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
    return text.substring(0, end);
  }

  /** The names of the fields of the payload itself. */
  Set<String> fields() {
    return fields;
  }

  /** The first of these paths that holds a string with something in it. */
  @Nullable String text(String... paths) {
    for (var path : paths) {
      if (values.get(path) instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** Like {@link #text} for what a session keeps. */
  @Nullable String name(String... paths) {
    for (var path : paths) {
      if (values.get(path) instanceof String text
          && !text.isEmpty()
          && text.length() <= MAX_NAME_CHARS) {
        return text;
      }
    }
    return null;
  }

  /** Whether this path holds just that string. */
  boolean is(String path, String value) {
    return value.equals(values.get(path));
  }

  boolean isTrue(String path) {
    return Boolean.TRUE.equals(values.get(path));
  }

  boolean isFalse(String path) {
    return Boolean.FALSE.equals(values.get(path));
  }

  /** The first of these paths that holds a number. */
  @Nullable Double number(String... paths) {
    for (var path : paths) {
      if (values.get(path) instanceof Double number) {
        return number;
      }
    }
    return null;
  }

  /** The first of these paths that holds a number that is not negative, without its fraction. */
  @Nullable Long count(String... paths) {
    var number = number(paths);
    return number == null || number < 0 ? null : (Long) number.longValue();
  }

  /** How many elements the array at this path has; -1 if none is there. */
  int elements(String path) {
    return values.get(path) instanceof Elements(var count) ? count : -1;
  }

  /** Whether anything but null stands at this path. */
  boolean has(String path) {
    return values.containsKey(path);
  }
}
