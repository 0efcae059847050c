package dev.atmd.protocol.frame;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the unfinished lines of all connections may take together, so that many of them
 * cannot do what one alone cannot. Thread-safe.
 */
public final class FrameBudget {
  private final @Nullable FrameBudget whole;
  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  public FrameBudget(long maxBytes) {
    this(null, maxBytes);
  }

  private FrameBudget(@Nullable FrameBudget whole, long maxBytes) {
    this.whole = whole;
    this.maxBytes = maxBytes;
  }

  /** A part of this budget that may not use up more than half of it. */
  public FrameBudget half() {
    return new FrameBudget(this, maxBytes / 2);
  }

  /** Bytes that are taken now. */
  public long taken() {
    return taken.get();
  }

  /** Takes so many more bytes; false if there are not so many left. */
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= maxBytes && (whole == null || whole.take(bytes))) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives back what was taken. */
  public void giveBack(long bytes) {
    taken.addAndGet(-bytes);
    if (whole != null) {
      whole.giveBack(bytes);
    }
  }
}
