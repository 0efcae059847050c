package dev.atmd.server.store;

/** Knows when what has been applied can not be lost any more. Thread-safe. */
public interface Durability {
  /** Of a daemon that keeps nothing. */
  Durability NONE = waiter -> waiter.settled(false);

  /**
   * Tells when all commands that have been applied so far are written, or that they are not, as
   * nothing can be written now. May call back before it returns.
   */
  void settle(Waiter waiter);

  /** Waits for a commit. Called once, on any thread; must not block. */
  @FunctionalInterface
  interface Waiter {
    void settled(boolean durable);
  }
}
