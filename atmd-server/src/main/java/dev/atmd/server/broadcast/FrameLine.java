package dev.atmd.server.broadcast;

import dev.atmd.core.session.SessionId;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bytes of one event at one level of detail. However many outboxes hold it, it takes its place
 * in the {@link OutboxBudget} once. Thread-safe.
 */
final class FrameLine {
  private final SessionId sessionId;
  private final byte[] bytes;
  private final AtomicInteger holders = new AtomicInteger();

  FrameLine(SessionId sessionId, byte[] bytes) {
    this.sessionId = sessionId;
    this.bytes = bytes;
  }

  SessionId sessionId() {
    return sessionId;
  }

  /** The bytes themselves, not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** It waits in one more outbox. */
  void hold(OutboxBudget budget) {
    if (holders.getAndIncrement() == 0) {
      budget.add(bytes.length);
    }
  }

  /** It waits in one outbox less. */
  void release(OutboxBudget budget) {
    if (holders.decrementAndGet() == 0) {
      budget.add(-bytes.length);
    }
  }
}
