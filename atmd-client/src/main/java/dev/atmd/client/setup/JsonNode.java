package dev.atmd.client.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a JSON text and where it stands: from {@code start} to before {@code end}. */
sealed interface JsonNode {
  int start();

  int end();

  /** What it means, wherever it stands: maps, lists, strings; numbers and words as written. */
  Object meaning();

  /** A string. */
  record Text(int start, int end, String value) implements JsonNode {
    @Override
    public Object meaning() {
      return value;
    }
  }

  /** A number, a truth value or null. */
  record Word(int start, int end, String text) implements JsonNode {
    @Override
    public Object meaning() {
      return new Literal(text);
    }
  }

  /** An object or an array, brackets included. */
  record Container(int start, int end, boolean isObject, List<Item> items) implements JsonNode {
    public Container {
      items = List.copyOf(items);
    }

    /** The member of this name; the last one, as JSON readers have it. */
    @Nullable Item member(String name) {
      return items.reversed().stream()
          .filter(item -> name.equals(item.name()))
          .findFirst()
          .orElse(null);
    }

    @Override
    public Object meaning() {
      if (isObject) {
        var members = new LinkedHashMap<String, Object>();
        items.forEach(item -> members.put(String.valueOf(item.name()), item.value().meaning()));
        return members;
      }
      var elements = new ArrayList<Object>();
      items.forEach(item -> elements.add(item.value().meaning()));
      return elements;
    }
  }

  /**
   * A member or an element.
   *
   * @param start where its name begins, or its value if it has none
   * @param comma where the comma after it stands; -1 if there is none
   */
  record Item(int start, @Nullable String name, JsonNode value, int comma) {
    int end() {
      return value.end();
    }
  }

  /** What is written without quotes. */
  record Literal(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
