package dev.atmd.server.metrics;

import dev.atmd.server.web.WebGauges;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom the dashboard serves, and whom not. Thread-safe. */
final class WebMetrics implements WebGauges {
  private final Meters meters;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final Map<Refusal, Counter> refused;

  WebMetrics(Meters meters) {
    this.meters = meters;
    meters.gauge(
        "atmd.web.connections",
        "Open connections of the dashboard",
        connections,
        AtomicInteger::get);
    meters.gauge("atmd.web.streams", "Streams to dashboards", streams, AtomicInteger::get);
    refused =
        Stream.of(Refusal.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    reason -> reason,
                    reason ->
                        meters.counter(
                            "atmd.web.refused",
                            "Whom the dashboard did not serve, by reason",
                            "reason",
                            reason.name().toLowerCase(Locale.ROOT))));
  }

  @Override
  public void webOpened() {
    connections.incrementAndGet();
  }

  @Override
  public void webClosed() {
    connections.decrementAndGet();
  }

  @Override
  public void webStreamOpened() {
    streams.incrementAndGet();
  }

  @Override
  public void webStreamClosed() {
    streams.decrementAndGet();
  }

  @Override
  public void webRefused(Refusal reason) {
    var counter = refused.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public List<Reading> read(List<String> names) {
    return meters.read(names);
  }

  @Override
  public String scrape() {
    return meters.scrape();
  }
}
