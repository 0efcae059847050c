package dev.atmd.server.metrics;

import dev.atmd.server.web.WebGauges.Reading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Where the meters are kept: to be scraped, and elsewhere too where they are exported. */
abstract sealed class Meters permits DaemonMetrics {
  /**
   * Where meters are registered; without an export nothing stands between a count and its meter.
   */
  final MeterRegistry meters;

  private final PrometheusMeterRegistry scraped =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /**
   * @param exported where everything is counted as well
   */
  Meters(@Nullable MeterRegistry exported) {
    meters = exported == null ? scraped : new CompositeMeterRegistry().add(scraped).add(exported);
  }

  /** Lets something be read whenever the metrics are. */
  public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value)
        .description(description)
        .strongReference(true)
        .register(meters);
  }

  final Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }

  /** All of it as Prometheus text. */
  public String scrape() {
    return scraped.scrape();
  }

  /** What has been counted under these names. */
  public List<Reading> read(List<String> names) {
    return names.stream()
        .flatMap(name -> scraped.find(name).meters().stream())
        .map(Meters::reading)
        .toList();
  }

  private static Reading reading(Meter meter) {
    var of = new LinkedHashMap<String, String>();
    meter.getId().getTags().forEach(tag -> of.put(tag.getKey(), tag.getValue()));
    var value = meter.measure().iterator().next().getValue();
    return new Reading(meter.getId().getName(), of, value);
  }
}
