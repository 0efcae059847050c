package dev.atmd.core.registry;

import dev.atmd.core.session.SessionId;
import java.util.List;

/**
 * What has changed in a registry since it was last asked, of whole commands only. To bring what is
 * kept up to date: drop all but the history if it is complete, forget the removed ones, then put
 * the changed ones in their place.
 *
 * @param complete whether {@code changed}, {@code ended} and {@code seenEvents} are all there are
 * @param changed each as it is now
 * @param removed names that stand for no session any more, or for another one
 * @param ended what is to be remembered of them
 * @param seenEvents names of events that were applied
 * @param history in the order in which it was heard of
 * @param lostHistory entries that there was no room for
 */
public record ChangeSet(
    boolean complete,
    List<KeptSession> changed,
    List<SessionId> removed,
    List<EndedSession> ended,
    List<String> seenEvents,
    List<HistoryEntry> history,
    long lostHistory) {
  public ChangeSet {
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
    ended = List.copyOf(ended);
    seenEvents = List.copyOf(seenEvents);
    history = List.copyOf(history);
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return !complete
        && changed.isEmpty()
        && removed.isEmpty()
        && ended.isEmpty()
        && seenEvents.isEmpty()
        && history.isEmpty()
        && lostHistory == 0;
  }
}
