package dev.atmd.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How a daemon ends: what has been opened is closed, the latest first. One thread opens, and one
 * closes.
 */
final class Ending implements Closeable {
  private final Deque<Closeable> steps = new ArrayDeque<>();

  /** From now on this comes before all else. */
  void beginWith(Closeable step) {
    steps.push(step);
  }

  /** Takes every step once, whatever becomes of those before it. */
  @Override
  public void close() throws IOException {
    if (!steps.isEmpty()) {
      var latest = steps.pop();
      try (Closeable _ = this) {
        latest.close();
      }
    }
  }
}
