package dev.atmd.core.registry;

import java.util.LinkedHashSet;
import java.util.Set;

/** The ids of the latest events, so that a repetition is recognised. Owned by the table. */
final class SeenEvents {
  private final int capacity;
  private final Set<String> ids = new LinkedHashSet<>();

  SeenEvents(int capacity) {
    this.capacity = capacity;
  }

  boolean contains(String id) {
    return ids.contains(id);
  }

  void add(String id) {
    if (ids.size() == capacity) {
      ids.remove(ids.iterator().next());
    }
    ids.add(id);
  }
}
