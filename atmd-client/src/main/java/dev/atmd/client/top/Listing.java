package dev.atmd.client.top;

import dev.atmd.client.text.SessionWords;
import dev.atmd.client.top.Entry.Heading;
import dev.atmd.client.top.Entry.Item;
import dev.atmd.client.top.Entry.Past;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What stands in the list, from top to bottom.
 *
 * @param shown how many sessions match the filter, subagents not counted
 * @param sessions how many there are, those that are over included
 */
record Listing(List<Entry> entries, int shown, int sessions) {
  Listing {
    entries = List.copyOf(entries);
  }

  static Listing of(Collection<Agent> agents, List<Finished> finished, Controls controls) {
    return new Maker(agents, finished, controls).listing();
  }

  int indexOf(String key) {
    for (var i = 0; i < entries.size(); i++) {
      if (entries.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** The nearest place from {@code index} on, in steps of {@code step}, that can be selected. */
  int selectable(int index, int step) {
    for (var i = index; i >= 0 && i < entries.size(); i += step) {
      if (isSelectable(entries.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** The next entry after {@code index} that {@code condition} holds for, going round; or -1. */
  int next(int index, Predicate<Entry> condition) {
    for (var i = 1; i <= entries.size(); i++) {
      var at = Math.floorMod(index + i, entries.size());
      if (condition.test(entries.get(at))) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isSelectable(Entry entry) {
    return switch (entry) {
      case Heading heading -> heading.isFolded();
      case Item _, Past _ -> true;
    };
  }

  /** Makes one listing. */
  private static final class Maker {
    /** Deeper ones stand where these do. */
    private static final int MAX_DEPTH = 6;

    /** The key of the last group. */
    private static final String FINISHED = "finished";

    private final Controls controls;
    private final List<Finished> finished;
    private final Map<String, Agent> byId = new HashMap<>();
    private final Map<String, List<Agent>> children = new HashMap<>();
    private final List<Agent> roots = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    private Maker(Collection<Agent> agents, List<Finished> finished, Controls controls) {
      this.finished = finished;
      this.controls = controls;
      agents.forEach(agent -> byId.put(agent.id(), agent));
      for (var agent : agents) {
        var parent = agent.view().parentSessionId();
        if (parent != null && byId.containsKey(parent)) {
          children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(agent);
        } else {
          roots.add(agent);
          names.merge(agent.name(), 1, Integer::sum);
        }
      }
    }

    private Listing listing() {
      var groups = new TreeMap<String, List<Agent>>();
      var shown = 0;
      for (var agent : roots) {
        if (matches(agent, 0)) {
          groups.computeIfAbsent(group(agent), _ -> new ArrayList<>()).add(agent);
          shown++;
        }
      }
      groups.forEach(this::addGroup);
      shown += addFinished();
      return new Listing(entries, shown, roots.size() + finished.size());
    }

    /** Keys sort as the groups do; what follows the first blank is never shown. */
    private String group(Agent agent) {
      return switch (controls.grouping()) {
        case STANDING -> "state " + agent.standing().rank();
        case PROJECT -> "project " + SessionWords.lastName(agent.project()) + " " + agent.project();
      };
    }

    private void addGroup(String key, List<Agent> members) {
      members.sort(controls.order().total());
      var first = members.getFirst();
      var isFolded = controls.flipped().contains(key);
      var byState = controls.grouping() == Grouping.STANDING;
      entries.add(
          new Heading(
              key,
              byState ? first.standing().word() : SessionWords.lastName(first.project()),
              byState ? first.standing() : null,
              members.size(),
              count(members),
              isFolded));
      if (!isFolded) {
        members.forEach(agent -> add(agent, key, 0));
      }
    }

    /** Those that are over stand last, whatever the grouping and the order; how many are shown. */
    private int addFinished() {
      var filter = controls.filter().strip();
      var members =
          finished.stream().filter(one -> filter.isEmpty() || one.matches(filter)).toList();
      if (members.isEmpty()) {
        return 0;
      }
      var isFolded = controls.flipped().contains(FINISHED);
      var standing = Standing.FINISHED;
      entries.add(new Heading(FINISHED, standing.word(), standing, members.size(), 0, isFolded));
      if (!isFolded) {
        members.forEach(one -> entries.add(new Past(one, FINISHED, one.name())));
      }
      return members.size();
    }

    private static int count(List<Agent> members) {
      return (int) members.stream().filter(a -> a.standing() == Standing.WAITING).count();
    }

    private void add(Agent agent, String group, int depth) {
      var own = children.getOrDefault(agent.id(), List.of());
      var isOpen = controls.flipped().contains(agent.id()) && depth < MAX_DEPTH;
      entries.add(new Item(agent, group, label(agent, depth), depth, all(agent, 0), isOpen));
      if (isOpen) {
        own.stream().sorted(Order.CHANGE.total()).forEach(child -> add(child, group, depth + 1));
      }
    }

    /** Two of one name are told apart by their ids. */
    private String label(Agent agent, int depth) {
      if (depth > 0) {
        var role = agent.view().agentType();
        return role.equals("main") ? SessionWords.id(agent.view()) : role;
      }
      return names.getOrDefault(agent.name(), 1) == 1
          ? agent.name()
          : agent.name() + " " + SessionWords.id(agent.view());
    }

    private int all(Agent agent, int depth) {
      var own = children.getOrDefault(agent.id(), List.of());
      return depth >= MAX_DEPTH
          ? 0
          : own.size() + own.stream().mapToInt(child -> all(child, depth + 1)).sum();
    }

    private boolean matches(Agent agent, int depth) {
      return controls.filter().isBlank()
          || agent.matches(controls.filter().strip())
          || (depth < MAX_DEPTH
              && children.getOrDefault(agent.id(), List.of()).stream()
                  .anyMatch(child -> matches(child, depth + 1)));
    }
  }
}
