package dev.atmd.server.metrics;

import dev.atmd.server.notify.NotifyGauges;
import io.micrometer.core.instrument.Counter;

/** What people were told. Thread-safe. */
final class NotifyMetrics implements NotifyGauges {
  private final Meters meters;
  private final Counter dropped;

  NotifyMetrics(Meters meters) {
    this.meters = meters;
    dropped =
        meters.counter(
            "atmd.notifications.dropped", "Changes nobody could be told of: too many at once");
  }

  @Override
  public void told(String channel, boolean worked) {
    meters
        .counter(
            "atmd.notifications",
            "Notifications by channel, and whether they went as they should",
            "channel",
            channel,
            "worked",
            Boolean.toString(worked))
        .increment();
  }

  @Override
  public void noticeDropped() {
    dropped.increment();
  }
}
