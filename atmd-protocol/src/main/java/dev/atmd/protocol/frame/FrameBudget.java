package dev.atmd.protocol.frame;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the unfinished lines of all connections may take together, so that many of them
 * cannot do what one alone cannot. Thread-safe.
 */
public final class FrameBudget {
  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  public FrameBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Bytes that are taken now. */
  public long taken() {
    return taken.get();
  }

  /** Takes so many more bytes; false if there are not so many left. */
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= maxBytes) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives back what was taken. */
  public void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
