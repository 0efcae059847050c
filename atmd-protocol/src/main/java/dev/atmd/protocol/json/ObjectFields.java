package dev.atmd.protocol.json;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object with its nulls left out, as whoever knows its form reads it. */
record ObjectFields(Map<?, ?> values) {
  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) throws IOException {
    return need(name, String.class);
  }

  @Nullable String optionalText(String name) throws IOException {
    return has(name) ? text(name) : null;
  }

  String textOr(String name, String absent) throws IOException {
    return has(name) ? text(name) : absent;
  }

  boolean flag(String name) throws IOException {
    return need(name, Boolean.class);
  }

  boolean flagOr(String name, boolean absent) throws IOException {
    return has(name) ? flag(name) : absent;
  }

  Instant time(String name) throws IOException {
    var text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException("field `" + name + "` is no time: " + text, e);
    }
  }

  @Nullable Instant optionalTime(String name) throws IOException {
    return has(name) ? time(name) : null;
  }

  double number(String name) throws IOException {
    return need(name, Number.class).doubleValue();
  }

  /** Zero where absent: a 1.0 daemon does not count. */
  long count(String name) throws IOException {
    return has(name) ? need(name, Number.class).longValue() : 0;
  }

  ObjectFields object(String name) throws IOException {
    return new ObjectFields(need(name, Map.class));
  }

  List<String> texts(String name) throws IOException {
    var texts = new ArrayList<String>();
    if (has(name)) {
      for (var element : need(name, List.class)) {
        texts.add(String.valueOf(element));
      }
    }
    return texts;
  }

  List<ObjectFields> objects(String name) throws IOException {
    var objects = new ArrayList<ObjectFields>();
    for (var element : need(name, List.class)) {
      if (!(element instanceof Map<?, ?> fields)) {
        throw new IOException("`" + name + "` holds something that is no object");
      }
      objects.add(new ObjectFields(fields));
    }
    return objects;
  }

  private <T> T need(String name, Class<T> type) throws IOException {
    var value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IOException("field `" + name + "` is missing or of a wrong type");
    }
    return type.cast(value);
  }
}
