package dev.atmd.core.registry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The ids of the latest events, so that a repetition is recognised. Owned by the {@link
 * Population}.
 */
final class SeenEvents {
  private final int capacity;
  private final SequencedSet<String> ids = new LinkedHashSet<>();
  private final Journal journal;

  SeenEvents(int capacity, Journal journal) {
    this.capacity = capacity;
    this.journal = journal;
  }

  boolean contains(String id) {
    return ids.contains(id);
  }

  void add(String id) {
    restore(id);
    journal.seen(id);
  }

  /** One that an earlier run remembered. */
  void restore(String id) {
    if (ids.size() == capacity) {
      ids.removeFirst();
    }
    ids.add(id);
  }

  /** The oldest first. */
  List<String> all() {
    return List.copyOf(ids);
  }
}
