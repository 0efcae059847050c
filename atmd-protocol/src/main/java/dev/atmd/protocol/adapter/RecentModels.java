package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Model;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Models that were named lately: every status line names one, and there are few. Bounded, as the
 * names are up to the sender: one model per slot, the latest.
 *
 * <p>Thread-safe without locks: an entry is immutable, and a thread that does not see another's
 * only makes the model once more.
 */
final class RecentModels {
  /** More than anybody works with at a time; a power of two. */
  private static final int SLOTS = 64;

  private static final @Nullable Entry[] ENTRIES = new Entry[SLOTS];

  private RecentModels() {}

  private record Entry(String id, @Nullable String name, Model model) {}

  /** What {@link Model#of} says. */
  static Model of(String id, @Nullable String name) {
    var hash = id.hashCode();
    var slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    var entry = ENTRIES[slot];
    if (entry != null && entry.id().equals(id) && Objects.equals(entry.name(), name)) {
      return entry.model();
    }
    var model = Model.of(id, name);
    ENTRIES[slot] = new Entry(id, name, model);
    return model;
  }
}
