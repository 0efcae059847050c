package dev.atmd.client.setup;

import dev.atmd.client.setup.JsonNode.Container;
import java.util.Collection;
import java.util.Map;

/**
 * How a JSON text is laid out, so that what is added looks like the rest.
 *
 * @param isCompact whether all of it stands on one line
 */
record JsonStyle(String newline, String unit, boolean isCompact, String colon, String comma) {
  static JsonStyle of(String text, Container root) {
    var newline = text.contains("\r\n") ? "\r\n" : "\n";
    if (root.items().isEmpty()) {
      return new JsonStyle(newline, "  ", false, ": ", ", ");
    }
    var first = root.items().getFirst();
    var isCompact = text.substring(root.start(), first.start()).indexOf('\n') < 0;
    var hasBlanks = !isCompact || text.charAt(first.value().start() - 1) == ' ';
    var indent = isCompact ? "" : indentation(text, first.start());
    return new JsonStyle(
        newline,
        indent.isEmpty() ? "  " : indent,
        isCompact,
        hasBlanks ? ": " : ":",
        hasBlanks ? ", " : ",");
  }

  /** The blanks at the beginning of the line that {@code offset} is on. */
  static String indentation(String text, int offset) {
    var start = text.lastIndexOf('\n', offset - 1) + 1;
    var end = start;
    while (end < text.length() && " \t".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return text.substring(start, end);
  }

  /**
   * A value, whose first line stands at {@code indent} unless all of it is on one line. An element
   * of a list is always on one line, so that a hook is a line in what the user is shown.
   */
  String print(Object value, String indent, boolean isInline) {
    return switch (value) {
      case Map<?, ?> map ->
          bracketed(
              '{',
              map.entrySet().stream()
                  .map(entry ->
                      quoted(String.valueOf(entry.getKey()))
                          + colon
                          + print(entry.getValue(), indent + unit, isInline))
                  .toList(),
              '}',
              indent,
              isInline);
      case Collection<?> list ->
          bracketed(
              '[',
              list.stream().map(item -> print(item, indent + unit, true)).toList(),
              ']',
              indent,
              isInline);
      case String text -> quoted(text);
      default -> value.toString();
    };
  }

  private String bracketed(
      char open, Collection<String> items, char close, String indent, boolean isInline) {
    if (items.isEmpty()) {
      return "" + open + close;
    }
    if (isInline) {
      return open + String.join(comma, items) + close;
    }
    var line = newline + indent + unit;
    return open + line + String.join("," + line, items) + newline + indent + close;
  }

  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
