package dev.atmd.it;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what nothing announces. */
final class Waiting {
  private static final long PAUSE_NANOS = 10_000_000;

  private Waiting() {}

  /** Looks again and again, until the usual deadline. */
  static void until(String what, BooleanSupplier condition) {
    until(what, condition, () -> "it was not");
  }

  /** The same; a failure says what was seen instead. */
  static void until(String what, BooleanSupplier condition, Supplier<String> seen) {
    var deadline = System.nanoTime() + TestClient.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("waited in vain until %s: %s", what, seen.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
