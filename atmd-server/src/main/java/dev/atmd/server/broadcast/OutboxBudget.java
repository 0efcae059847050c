package dev.atmd.server.broadcast;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What may wait for subscribers that do not read. Thread-safe; one for all outboxes of a daemon.
 */
public final class OutboxBudget {
  private final Limits limits;
  private final AtomicLong bytes = new AtomicLong();

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

  /** The bytes of all events that wait for anybody. */
  public long bytes() {
    return bytes.get();
  }

  boolean isExhausted() {
    return bytes.get() > limits.allBytes;
  }
}
