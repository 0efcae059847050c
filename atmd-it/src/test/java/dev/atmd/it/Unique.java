package dev.atmd.it;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names that no other test uses, so that tests can share a daemon. Thread-safe. */
final class Unique {
  /** Above every pid that Linux gives: no such process exists. */
  static final long FIRST_PID = 0x7000_0000L;

  private static final AtomicLong COUNT = new AtomicLong();
  private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

  private Unique() {}

  static String name(String kind) {
    return kind + "-" + RUN + "-" + COUNT.incrementAndGet();
  }

  /** A pid that no process has. */
  static long pid() {
    return FIRST_PID + COUNT.incrementAndGet();
  }
}
