package dev.atmd.server.metrics;

import dev.atmd.server.store.StoreGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What is written to the store. Thread-safe. */
final class StoreMetrics implements StoreGauges {
  private final Timer commits;
  private final Counter entries;
  private final Counter failures;
  private final Counter lost;

  StoreMetrics(Meters meters) {
    commits =
        Timer.builder("atmd.store.commits")
            .description("Commits of the store, with the time they took")
            .register(meters.all());
    entries = meters.counter("atmd.store.entries", "Entries of the history that were written");
    failures = meters.counter("atmd.store.failures", "Commits that failed and are tried again");
    lost = meters.counter("atmd.store.lost", "Entries of the history that there was no room for");
  }

  @Override
  public void stored(int sessions, int written, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    entries.increment(written);
  }

  @Override
  public void storeFailed() {
    failures.increment();
  }

  @Override
  public void historyLost(long count) {
    lost.increment((double) count);
  }
}
