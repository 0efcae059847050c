package dev.atmd.client.setup;

import dev.atmd.client.setup.JsonNode.Container;
import dev.atmd.client.setup.JsonNode.Item;
import dev.atmd.client.setup.JsonNode.Text;
import dev.atmd.client.setup.JsonNode.Word;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text and remembers where everything stands. Comments are passed over; a comma before
 * a closing bracket is an error unless the format of the file has it. Used once.
 */
final class JsonScanner {
  /** Deeper than any settings file, shallower than the stack. */
  private static final int MAX_DEPTH = 200;

  private static final Pattern WORD =
      Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final String text;
  private final boolean hasTrailingCommas;
  private int at;
  private int depth;

  private JsonScanner(String text, boolean hasTrailingCommas) {
    this.text = text;
    this.hasTrailingCommas = hasTrailingCommas;
  }

  static JsonNode scan(String text, boolean hasTrailingCommas) throws JsonSyntaxException {
    var scanner = new JsonScanner(text, hasTrailingCommas);
    scanner.passTrivia();
    var root = scanner.value();
    scanner.passTrivia();
    if (scanner.at < text.length()) {
      throw scanner.expected("the end of the file");
    }
    return root;
  }

  private JsonNode value() throws JsonSyntaxException {
    return switch (peek()) {
      case '{' -> container(true);
      case '[' -> container(false);
      case '"' -> {
        var start = at;
        var value = string();
        yield new Text(start, at, value);
      }
      default -> word();
    };
  }

  private Container container(boolean isObject) throws JsonSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw JsonSyntaxException.at(text, at, "more than " + MAX_DEPTH + " levels");
    }
    var start = at++;
    var closing = isObject ? '}' : ']';
    var items = new ArrayList<Item>();
    passTrivia();
    while (peek() != closing) {
      items.add(item(isObject, closing));
    }
    at++;
    depth--;
    return new Container(start, at, isObject, items);
  }

  private Item item(boolean isObject, char closing) throws JsonSyntaxException {
    var start = at;
    @Nullable String name = null;
    if (isObject) {
      if (peek() != '"') {
        throw expected("a name in quotes");
      }
      name = string();
      passTrivia();
      if (peek() != ':') {
        throw expected("':'");
      }
      at++;
      passTrivia();
    }
    var value = value();
    passTrivia();
    if (peek() == ',') {
      var comma = at++;
      passTrivia();
      if (peek() == closing && !hasTrailingCommas) {
        throw JsonSyntaxException.at(text, comma, "a comma with nothing after it");
      }
      return new Item(start, name, value, comma);
    }
    if (peek() != closing) {
      throw expected("',' or '" + closing + "'");
    }
    return new Item(start, name, value, -1);
  }

  private JsonNode word() throws JsonSyntaxException {
    var matcher = WORD.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw expected("a value");
    }
    var start = at;
    at = matcher.end();
    return new Word(start, at, matcher.group());
  }

  private String string() throws JsonSyntaxException {
    var start = at++;
    var value = new StringBuilder();
    while (at < text.length()) {
      var c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw JsonSyntaxException.at(text, start, "a string that does not end on its line");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    throw JsonSyntaxException.at(text, start, "a string that does not end");
  }

  private char escaped() throws JsonSyntaxException {
    var c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        try {
          var code = Integer.parseUnsignedInt(text.substring(at, at + 4), 16);
          at += 4;
          yield (char) code;
        } catch (IndexOutOfBoundsException | NumberFormatException _) {
          throw expected("four hexadecimal digits");
        }
      }
      default -> throw JsonSyntaxException.at(text, at - 2, "an unknown escape in a string");
    };
  }

  private void passTrivia() throws JsonSyntaxException {
    at = endOfTrivia(text, at);
    if (text.startsWith("/*", at)) {
      throw JsonSyntaxException.at(text, at, "a comment that does not end");
    }
  }

  /** Where blanks and comments that begin at {@code from} end. */
  static int endOfTrivia(String text, int from) {
    var at = from;
    while (at < text.length()) {
      if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
        continue;
      }
      var end = endOfComment(text, at);
      if (end == at) {
        break;
      }
      at = end;
    }
    return at;
  }

  /** Where the comment that begins here ends, before its line end; here if there is none. */
  static int endOfComment(String text, int at) {
    if (text.startsWith("//", at)) {
      var end = text.indexOf('\n', at);
      var line = end < 0 ? text.length() : end;
      return text.charAt(line - 1) == '\r' ? line - 1 : line;
    }
    if (text.startsWith("/*", at)) {
      var end = text.indexOf("*/", at + 2);
      return end < 0 ? at : end + 2;
    }
    return at;
  }

  /** The character here; 0 behind the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private JsonSyntaxException expected(String what) {
    var seen = at < text.length() ? "'" + text.charAt(at) + "'" : "the end of the file";
    return JsonSyntaxException.at(text, at, "expected " + what + ", found " + seen);
  }
}
