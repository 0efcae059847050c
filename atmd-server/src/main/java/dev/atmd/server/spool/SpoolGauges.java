package dev.atmd.server.spool;

/** Counts what comes out of the spool. Called on its thread; must not block. */
public interface SpoolGauges {
  void spooledEventsApplied(int events);

  /** A line was no event, or the registry would not have it. */
  void spoolLineRefused();
}
