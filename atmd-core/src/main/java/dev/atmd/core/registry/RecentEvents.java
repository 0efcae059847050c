package dev.atmd.core.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last events, so that who was away for a moment hears only what it has missed. Owned by the
 * {@link SessionTable}.
 */
final class RecentEvents {
  private final int max;
  private final ArrayDeque<SessionEvent> events = new ArrayDeque<>();

  /**
   * @param max beyond it the oldest are forgotten
   */
  RecentEvents(int max) {
    this.max = max;
  }

  void add(List<SessionEvent> happened) {
    for (var event : happened) {
      if (events.size() == max) {
        events.removeFirst();
      }
      events.addLast(event);
    }
  }

  /**
   * All events after the one numbered {@code seq}, in order; empty if some of them are forgotten,
   * or if that number has not been given yet.
   *
   * @param newest the number of the last event of all
   */
  Optional<List<SessionEvent>> after(long seq, long newest) {
    var missed = newest - seq;
    if (seq < 0 || missed < 0 || missed > events.size()) {
      return Optional.empty();
    }
    var backwards = new ArrayList<SessionEvent>((int) missed);
    for (var each = events.descendingIterator(); backwards.size() < missed; ) {
      backwards.add(each.next());
    }
    return Optional.of(backwards.reversed());
  }
}
