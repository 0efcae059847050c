package dev.atmd.server.broadcast;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What may wait for subscribers that do not read. Thread-safe; one for all outboxes of a daemon.
 */
public final class OutboxBudget {
  /** A part of the direct memory: beyond it, events wait one by one, on the heap. */
  static final long SHARED_BYTES = 32 * 1024 * 1024;

  private final Limits limits;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong shared = new AtomicLong();

  /**
   * The limits, beyond each of which something gives way.
   *
   * @param events of one outbox
   * @param bytes of one outbox
   * @param allBytes of all outboxes, what several hold counted once
   */
  public record Limits(int events, long bytes, long allBytes) {}

  public OutboxBudget(Limits limits) {
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  void add(long more) {
    bytes.addAndGet(more);
  }

  /** Whether so many bytes of joined events may wait; they count from now on if they may. */
  boolean addShared(long more) {
    if (shared.addAndGet(more) <= SHARED_BYTES) {
      return true;
    }
    shared.addAndGet(-more);
    return false;
  }

  void removeShared(long less) {
    shared.addAndGet(-less);
  }

  /** The bytes of all events that wait for anybody. */
  public long bytes() {
    return bytes.get() + shared.get();
  }

  boolean isExhausted() {
    return bytes.get() > limits.allBytes;
  }
}
