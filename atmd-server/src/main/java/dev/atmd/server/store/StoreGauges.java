package dev.atmd.server.store;

/** What is counted of the store. Called on its thread. */
public interface StoreGauges {
  /** A commit succeeded. */
  void stored(int sessions, int entries, long nanos);

  /** A commit failed; it will be tried again. */
  void storeFailed();

  /** There was no room for so many entries of the history. */
  void historyLost(long entries);
}
