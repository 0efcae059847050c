package dev.atmd.client.setup;

import dev.atmd.client.setup.JsonNode.Container;
import dev.atmd.client.setup.JsonNode.Item;
import dev.atmd.client.setup.JsonNode.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in a JSON file.
 *
 * @param harness the word that the sender is told
 * @param namesEvent whether the sender is told the event too, because the payload does not name it
 * @param parent where the events stand
 * @param frame members that the file must have beside
 * @param hasTrailingCommas whether the format has commas with nothing after them
 */
record HookTable(
    String harness,
    boolean namesEvent,
    Shape shape,
    List<String> parent,
    Map<String, Object> frame,
    List<Hook> hooks,
    boolean hasTrailingCommas)
    implements Part {
  private static final String HOOKS = "hooks";
  private static final String MATCHER = "matcher";
  private static final String OFF = "disableAllHooks";

  /** Hooks of a harness whose payloads name their events. */
  static HookTable of(
      String harness,
      Shape shape,
      List<String> parent,
      Map<String, Object> frame,
      List<Hook> hooks,
      boolean hasTrailingCommas) {
    return new HookTable(harness, false, shape, parent, frame, hooks, hasTrailingCommas);
  }

  /** Where an entry stands. */
  enum Shape {
    /** {@code "Stop": [{"matcher": …, "hooks": [ENTRY]}]}. */
    GROUPS,
    /** {@code "stop": [ENTRY]}. */
    ENTRIES,
    /** {@code "hooks": [ENTRY]}, the event inside. */
    ONE_LIST
  }

  /** An entry of ours, as it works: where, for what, doing what. */
  private record Unit(List<String> path, @Nullable Object matcher, Object entry) {}

  /** An entry of ours, as it stands: the array and everything around it, outermost first. */
  private record Found(List<Spot> places, Unit unit) {}

  /** An item of a container. */
  private record Spot(Container container, int index) {
    Item item() {
      return container.items().get(index);
    }
  }

  @Override
  public Presence presence(String text, Sender sender) throws IOException {
    var there = units(document(text));
    if (there.isEmpty()) {
      return Presence.MISSING;
    }
    return there.equals(units(document(add("", sender)))) ? Presence.CURRENT : Presence.OUTDATED;
  }

  private Set<Unit> units(JsonDocument document) {
    var units = new HashSet<Unit>();
    found(document).forEach(found -> units.add(found.unit()));
    return units;
  }

  @Override
  public String add(String text, Sender sender) throws IOException {
    var document = document(text);
    for (var member : frame.entrySet()) {
      if (document.root().member(member.getKey()) == null) {
        document = document.put(List.of(member.getKey()), member.getValue());
      }
    }
    for (var hook : hooks) {
      document = document.append(path(hook), element(hook, sender));
    }
    return document.text();
  }

  private List<String> path(Hook hook) {
    if (shape == Shape.ONE_LIST) {
      return parent;
    }
    var path = new ArrayList<>(parent);
    path.add(hook.event());
    return path;
  }

  private Object element(Hook hook, Sender sender) {
    var entry = filled(hook.entry(), hook, sender);
    if (shape != Shape.GROUPS) {
      return entry;
    }
    var group = new LinkedHashMap<String, Object>();
    if (hook.matcher() != null) {
      group.put(MATCHER, hook.matcher());
    }
    group.put(HOOKS, List.of(entry));
    return group;
  }

  private Object filled(Object template, Hook hook, Sender sender) {
    return switch (template) {
      case Map<?, ?> map -> {
        var filled = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> filled.put(name.toString(), filled(value, hook, sender)));
        yield filled;
      }
      case String text when text.equals(Hook.COMMAND) ->
          namesEvent ? sender.command(harness, hook.event()) : sender.command(harness);
      case String text when text.equals(Hook.PROGRAM) -> sender.program().toString();
      case String text -> text.replace(Hook.EVENT, hook.event());
      default -> template;
    };
  }

  @Override
  public String remove(String text, String original) throws IOException {
    var document = document(text);
    if (found(document).isEmpty()) {
      return text;
    }
    var before = original.isBlank() ? null : document(original);
    for (var found = found(document); !found.isEmpty(); found = found(document)) {
      document = without(document, found.getFirst().places(), before);
    }
    for (var name : frame.keySet()) {
      document = withoutFrame(document, name, before);
    }
    return document.text();
  }

  /**
   * Takes an entry out, and of what is around it whatever is empty then and was not there before.
   */
  private static JsonDocument without(
      JsonDocument document, List<Spot> places, @Nullable JsonDocument before)
      throws JsonSyntaxException {
    var depth = places.size() - 1;
    while (depth > 0 && isThereFor(places, depth, before)) {
      depth--;
    }
    var place = places.get(depth);
    return document.remove(place.container(), place.index());
  }

  /** Whether what holds the item at {@code depth} is there for this item alone. */
  private static boolean isThereFor(List<Spot> places, int depth, @Nullable JsonDocument before) {
    var inner = places.get(depth);
    var isGroup = inner.container().isObject() && !places.get(depth - 1).container().isObject();
    if (isGroup) {
      return HOOKS.equals(inner.item().name());
    }
    var path =
        places.subList(0, depth).stream()
            .filter(place -> place.container().isObject())
            .map(place -> String.valueOf(place.item().name()))
            .toList();
    var isInGroup = path.size() < depth;
    return inner.container().items().size() == 1
        && (isInGroup || before == null || before.at(path) == null);
  }

  private JsonDocument withoutFrame(
      JsonDocument document, String name, @Nullable JsonDocument before)
      throws JsonSyntaxException {
    var items = document.root().items();
    var isAlone = items.size() == 1 && name.equals(items.getFirst().name());
    var isOurs = before != null && before.root().member(name) == null;
    if (!isAlone && !isOurs) {
      return document;
    }
    return isOurs || before == null ? document.removeMember(name) : document;
  }

  /** Whether the file keeps the harness from running any hook. */
  boolean isSwitchedOff(String text) throws IOException {
    return document(text).at(List.of(OFF)) instanceof JsonNode.Word(_, _, var word)
        && word.equals("true");
  }

  @Override
  public boolean isNothing(String text) throws IOException {
    return document(text).root().items().isEmpty();
  }

  private List<Found> found(JsonDocument document) {
    var all = new ArrayList<Found>();
    search(document.root(), List.of(), null, all);
    return all;
  }

  private void search(
      Container container, List<Spot> above, @Nullable Object matcher, List<Found> all) {
    var known = container.isObject() ? container.member(MATCHER) : null;
    var inForce = known == null ? matcher : known.value().meaning();
    for (var index = 0; index < container.items().size(); index++) {
      var places = new ArrayList<>(above);
      places.add(new Spot(container, index));
      if (container.items().get(index).value() instanceof Container inner && isOnTheWay(places)) {
        var before = all.size();
        search(inner, places, inForce, all);
        if (all.size() == before && !container.isObject() && isOurs(inner)) {
          all.add(new Found(places, new Unit(names(places), inForce, inner.meaning())));
        }
      }
    }
  }

  /** Whether these places lead to the events or come after them. */
  private boolean isOnTheWay(List<Spot> places) {
    var names = names(places);
    var shared = Math.min(names.size(), parent.size());
    return names.subList(0, shared).equals(parent.subList(0, shared));
  }

  private static List<String> names(List<Spot> places) {
    return places.stream()
        .filter(place -> place.container().isObject())
        .map(place -> String.valueOf(place.item().name()))
        .toList();
  }

  private static boolean isOurs(Container entry) {
    return entry.items().stream()
        .map(Item::value)
        .anyMatch(value ->
            switch (value) {
              case Text text -> Sender.isRunBy(text.value());
              case Container inner -> inner.isObject() && isOurs(inner);
              case JsonNode.Word _ -> false;
            });
  }

  private JsonDocument document(String text) throws JsonSyntaxException {
    return JsonDocument.of(text, hasTrailingCommas);
  }
}
