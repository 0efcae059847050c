package dev.atmd.client.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes valid JSON apart and lays it out without understanding it, so that nothing a newer daemon
 * adds is lost. Pure.
 */
final class JsonText {
  private static final String INDENT = "  ";

  private JsonText() {}

  /** The elements of the array that is the value of {@code field} in the object {@code json}. */
  static List<String> elements(String json, String field) {
    for (var member : parts(json)) {
      var name = '"' + field + '"';
      var colon = afterBlanks(member, name.length());
      if (member.startsWith(name) && member.charAt(colon) == ':') {
        return parts(member.substring(colon + 1));
      }
    }
    throw new IllegalArgumentException("no field " + field);
  }

  /** An array of {@code elements}, two blanks for each level. */
  static String prettyArray(List<String> elements) {
    return pretty("[" + String.join(",", elements) + "]");
  }

  static String pretty(String json) {
    var out = new StringBuilder(json.length() * 2);
    var depth = 0;
    for (var at = 0; at < json.length(); at++) {
      var c = json.charAt(at);
      switch (c) {
        case '"' -> {
          var end = endOfString(json, at);
          out.append(json, at, end);
          at = end - 1;
        }
        case '{', '[' -> {
          out.append(c);
          var next = afterBlanks(json, at + 1);
          if (json.charAt(next) == closing(c)) {
            out.append(closing(c));
            at = next;
          } else {
            newLine(out, ++depth);
          }
        }
        case '}', ']' -> {
          newLine(out, --depth);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          newLine(out, depth);
        }
        case ':' -> out.append(": ");
        case ' ', '\t', '\r', '\n' -> {}
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** What stands between the commas of an object or array. */
  private static List<String> parts(String json) {
    var parts = new ArrayList<String>();
    var depth = 0;
    var start = json.length();
    for (var at = 0; at < json.length(); at++) {
      switch (json.charAt(at)) {
        case '"' -> at = endOfString(json, at) - 1;
        case '{', '[' -> {
          if (depth++ == 0) {
            start = at + 1;
          }
        }
        case '}', ']' -> {
          if (--depth == 0) {
            add(parts, json.substring(start, at));
          }
        }
        case ',' -> {
          if (depth == 1) {
            add(parts, json.substring(start, at));
            start = at + 1;
          }
        }
        default -> {}
      }
    }
    return parts;
  }

  private static void add(List<String> parts, String part) {
    if (!part.isBlank()) {
      parts.add(part.strip());
    }
  }

  private static int endOfString(String json, int start) {
    var at = start + 1;
    while (json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int afterBlanks(String json, int start) {
    var at = Math.min(start, json.length() - 1);
    while (Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return at;
  }

  private static char closing(char opening) {
    return opening == '{' ? '}' : ']';
  }

  private static void newLine(StringBuilder out, int depth) {
    out.append('\n').append(INDENT.repeat(depth));
  }
}
