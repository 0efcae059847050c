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

/**
 * Where the meters are kept: to be scraped, and elsewhere too where they are exported. Thread-safe.
 */
final class Meters {
  private final MeterRegistry all;

  private final PrometheusMeterRegistry scraped =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /**
   * @param exported where everything is counted as well
   */
  Meters(@Nullable MeterRegistry exported) {
    all = exported == null ? scraped : new CompositeMeterRegistry().add(scraped).add(exported);
  }

  /**
   * Where meters are registered; without an export nothing stands between a count and its meter.
   */
  MeterRegistry all() {
    return all;
  }

  /** Lets something be read whenever the metrics are. */
  <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value).description(description).strongReference(true).register(all);
  }

  /**
   * @param tags names and values in turn
   */
  Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(all);
  }

  /** All of it as Prometheus text. */
  String scrape() {
    return scraped.scrape();
  }

  /** What has been counted under these names. */
  List<Reading> read(List<String> names) {
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
