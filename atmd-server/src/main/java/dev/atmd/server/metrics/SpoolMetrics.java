package dev.atmd.server.metrics;

import dev.atmd.server.spool.SpoolGauges;
import io.micrometer.core.instrument.Counter;

/** What comes out of the spool. Thread-safe. */
final class SpoolMetrics implements SpoolGauges {
  private final Counter applied;
  private final Counter refused;

  SpoolMetrics(Meters meters) {
    applied = meters.counter("atmd.spool.applied", "Events from the spool that were applied");
    refused =
        meters.counter(
            "atmd.spool.refused", "Lines of the spool that were no event or were not accepted");
  }

  @Override
  public void spooledEventsApplied(int events) {
    applied.increment(events);
  }

  @Override
  public void spoolLineRefused() {
    refused.increment();
  }
}
