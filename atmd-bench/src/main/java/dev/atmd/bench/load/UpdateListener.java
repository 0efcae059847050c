package dev.atmd.bench.load;

/** Hears of each update that a subscriber gets. Called by the thread that drains. */
@FunctionalInterface
public interface UpdateListener {
  /**
   * A subscriber has this update.
   *
   * @param update the number under which it was published
   * @param nanos when it was read, by {@link System#nanoTime}
   */
  void update(int update, long nanos);
}
