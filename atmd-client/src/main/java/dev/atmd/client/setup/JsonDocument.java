package dev.atmd.client.setup;

import dev.atmd.client.setup.JsonNode.Container;
import dev.atmd.client.setup.JsonNode.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as text. Each edit answers a new document in which everything else stands as it
 * did, byte for byte; {@link #remove} undoes {@link #insert}. Immutable.
 */
final class JsonDocument {
  private final String text;
  private final boolean hasTrailingCommas;
  private final Container root;

  private JsonDocument(String text, boolean hasTrailingCommas, Container root) {
    this.text = text;
    this.hasTrailingCommas = hasTrailingCommas;
    this.root = root;
  }

  /** Reads {@code text}; blank text stands for an empty object. */
  static JsonDocument of(String text, boolean hasTrailingCommas) throws JsonSyntaxException {
    var whole = text.isBlank() ? "{}" + (text.contains("\r\n") ? "\r\n" : "\n") : text;
    var root = JsonScanner.scan(whole, hasTrailingCommas);
    if (!(root instanceof Container container) || !container.isObject()) {
      throw JsonSyntaxException.at(whole, root.start(), "expected an object");
    }
    return new JsonDocument(whole, hasTrailingCommas, container);
  }

  String text() {
    return text;
  }

  Container root() {
    return root;
  }

  /** The value at this path of member names, if there is one. */
  @Nullable JsonNode at(List<String> path) {
    JsonNode node = root;
    for (var name : path) {
      var item = node instanceof Container container ? container.member(name) : null;
      if (item == null) {
        return null;
      }
      node = item.value();
    }
    return node;
  }

  /** Puts an element at the end of the array at this path, which is made if it is not there. */
  JsonDocument append(List<String> path, Object element) throws JsonSyntaxException {
    var array = at(path);
    if (array == null) {
      return put(path, List.of(element));
    }
    return insert(container(array, path, false), null, element);
  }

  /** Puts a member that is not there at this path, with the objects above it. */
  JsonDocument put(List<String> path, Object value) throws JsonSyntaxException {
    var parent = path.subList(0, path.size() - 1);
    var above = at(parent);
    if (above == null) {
      return put(parent, Map.of(path.getLast(), value));
    }
    return insert(container(above, parent, true), path.getLast(), value);
  }

  private Container container(JsonNode node, List<String> path, boolean isObject)
      throws JsonSyntaxException {
    if (node instanceof Container container && container.isObject() == isObject) {
      return container;
    }
    throw JsonSyntaxException.at(
        text,
        node.start(),
        "`"
            + String.join(".", path)
            + "` is not "
            + (isObject ? "an object" : "an array")
            + ", so nothing can be added to it");
  }

  /** Puts an item at the end of {@code container}. */
  private JsonDocument insert(Container container, @Nullable String name, Object value)
      throws JsonSyntaxException {
    var style = JsonStyle.of(text, root);
    var prefix = name == null ? "" : JsonStyle.quoted(name) + style.colon();
    if (container.items().isEmpty()) {
      return insertFirst(container, style, prefix, value);
    }
    var first = container.items().getFirst();
    var last = container.items().getLast();
    var isInline = text.substring(container.start(), first.start()).indexOf('\n') < 0;
    var indent = JsonStyle.indentation(text, first.start());
    var item = prefix + style.print(value, indent, isInline || !container.isObject());
    var hasComma = last.comma() >= 0;
    var anchor = hasComma ? last.comma() + 1 : last.end();
    var tail = isInline ? anchor : endOfRemarks(anchor);
    return edited(
        text.substring(0, last.end())
            + (hasComma ? "" : isInline ? style.comma() : ",")
            + text.substring(last.end(), tail)
            + (isInline ? (hasComma ? " " : "") : style.newline() + indent)
            + item
            + (hasComma ? "," : "")
            + text.substring(tail));
  }

  private JsonDocument insertFirst(
      Container container, JsonStyle style, String prefix, Object value)
      throws JsonSyntaxException {
    var outer = JsonStyle.indentation(text, container.start());
    var indent = outer + style.unit();
    var item = prefix + style.print(value, indent, style.isCompact());
    var inside = text.substring(container.start() + 1, container.end() - 1);
    if (inside.isBlank()) {
      var lines = style.newline() + indent + item + style.newline() + outer;
      return edited(
          text.substring(0, container.start() + 1)
              + (style.isCompact() ? item : lines)
              + text.substring(container.end() - 1));
    }
    var tail = container.start() + 1 + inside.stripTrailing().length();
    var rest = text.substring(tail, container.end() - 1);
    return edited(
        text.substring(0, tail)
            + style.newline()
            + indent
            + item
            + (rest.indexOf('\n') < 0 ? style.newline() + outer : rest)
            + text.substring(container.end() - 1));
  }

  /** Where the comments that follow on the same line end. */
  private int endOfRemarks(int from) {
    var end = from;
    var at = from;
    while (at < text.length()) {
      if (" \t".indexOf(text.charAt(at)) >= 0) {
        at++;
        continue;
      }
      var next = JsonScanner.endOfComment(text, at);
      if (next == at || text.substring(at, next).indexOf('\n') >= 0) {
        break;
      }
      at = next;
      end = at;
    }
    return end;
  }

  /** Takes the member of this name out of the root; if it is there twice, the one that counts. */
  JsonDocument removeMember(String name) throws JsonSyntaxException {
    for (var index = root.items().size() - 1; index >= 0; index--) {
      if (name.equals(root.items().get(index).name())) {
        return remove(root, index);
      }
    }
    return this;
  }

  /** Takes the item of this number out of {@code container}, with the comma that it needed. */
  JsonDocument remove(Container container, int index) throws JsonSyntaxException {
    var items = container.items();
    var item = items.get(index);
    var from = startOfLine(item, index > 0 ? items.get(index - 1).comma() + 1 : item.start());
    var end = item.comma() >= 0 ? item.comma() + 1 : item.end();
    if (items.size() == 1) {
      var isAlone =
          text.substring(container.start() + 1, item.start()).isBlank()
              && text.substring(end, container.end() - 1).isBlank();
      return isAlone ? cut(container.start() + 1, container.end() - 1) : cut(from, end);
    }
    if (index == items.size() - 1 && item.comma() < 0) {
      var comma = items.get(index - 1).comma();
      return edited(
          text.substring(0, comma) + text.substring(comma + 1, from) + text.substring(end));
    }
    if (from == item.start()) {
      while (end < text.length() && text.charAt(end) == ' ') {
        end++;
      }
    }
    return cut(from, end);
  }

  /** The line end before the item if it begins its line, else {@code afterPrevious}. */
  private int startOfLine(Item item, int afterPrevious) {
    var at = item.start();
    while (at > 0 && " \t".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    if (at == 0 || text.charAt(at - 1) != '\n') {
      return text.substring(afterPrevious, item.start()).isBlank() ? afterPrevious : item.start();
    }
    return at > 1 && text.charAt(at - 2) == '\r' ? at - 2 : at - 1;
  }

  /** Puts {@code written} in the place of {@code node}. */
  JsonDocument replace(JsonNode node, String written) throws JsonSyntaxException {
    return edited(text.substring(0, node.start()) + written + text.substring(node.end()));
  }

  String written(JsonNode node) {
    return text.substring(node.start(), node.end());
  }

  private JsonDocument cut(int from, int to) throws JsonSyntaxException {
    return edited(text.substring(0, from) + text.substring(to));
  }

  private JsonDocument edited(String next) throws JsonSyntaxException {
    return of(next, hasTrailingCommas);
  }
}
