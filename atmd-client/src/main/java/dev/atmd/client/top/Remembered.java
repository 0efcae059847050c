package dev.atmd.client.top;

import dev.atmd.protocol.message.HistoryAnswer.Over;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The sessions that are over and still worth a row: few, and not for long. Not thread-safe: the
 * thread that draws owns it.
 */
final class Remembered {
  /** Who comes back from lunch sees what has ended; what is older is in {@code atm history}. */
  static final Duration MAX_AGE = Duration.ofHours(1);

  /** A screenful: they must not bury those that live. */
  static final int MAX_COUNT = 20;

  private static final Comparator<Finished> NEWEST_FIRST =
      Comparator.comparing(Finished::at).reversed().thenComparing(Finished::id);

  private final Map<String, Finished> byId = new HashMap<>();
  private List<Finished> newestFirst = List.of();

  /** What ended up to here has been cleared away; the history must not bring it back. */
  private Instant clearedTo = Instant.MIN;

  void add(Finished finished) {
    byId.put(finished.id(), finished);
    arrange();
  }

  /** It lives, again or still. */
  void remove(String id) {
    if (byId.remove(id) != null) {
      arrange();
    }
  }

  /** Takes on what the history knows, but nothing of whoever lives. */
  void recall(List<Over> sessions, Predicate<String> lives) {
    for (var over : sessions) {
      var known = byId.get(over.session());
      if (known != null) {
        byId.put(over.session(), known.knowing(over));
      } else if (!lives.test(over.session()) && over.at().isAfter(clearedTo)) {
        byId.put(over.session(), Finished.of(over));
      }
    }
    arrange();
  }

  /** Forgets those that ended too long ago; whether there were any. */
  boolean forget(Instant now) {
    var isAnyOld = byId.values().removeIf(one -> one.at().plus(MAX_AGE).isBefore(now));
    if (isAnyOld) {
      arrange();
    }
    return isAnyOld;
  }

  /** Forgets all of them; how many they were. */
  int clear() {
    var count = byId.size();
    if (count > 0) {
      clearedTo = newestFirst.getFirst().at();
      byId.clear();
      newestFirst = List.of();
    }
    return count;
  }

  List<Finished> newestFirst() {
    return newestFirst;
  }

  private void arrange() {
    newestFirst = byId.values().stream().sorted(NEWEST_FIRST).limit(MAX_COUNT).toList();
    if (byId.size() > newestFirst.size()) {
      byId.clear();
      newestFirst.forEach(one -> byId.put(one.id(), one));
    }
  }
}
