package dev.atmd.server.metrics;

import dev.atmd.core.registry.RegistryGauges;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Status;
import dev.atmd.server.broadcast.BroadcastGauges;
import dev.atmd.server.net.ConnectionGauges;
import dev.atmd.server.notify.NotifyGauges;
import dev.atmd.server.otlp.OtlpExport;
import dev.atmd.server.spool.SpoolGauges;
import dev.atmd.server.store.StoreGauges;
import dev.atmd.server.streams.StreamGauges;
import dev.atmd.server.web.WebGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every meter of the daemon, by the part of it that counts. Thread-safe; made once, before anything
 * is counted.
 */
public final class DaemonMetrics {
  private final Meters meters;
  private final ConnectionMetrics connections;
  private final RegistryMetrics registry;
  private final StoreMetrics store;
  private final SpoolMetrics spool;
  private final StreamMetrics streams;
  private final NotifyMetrics notices;
  private final WebMetrics web;
  private final Counter lookupsRefused;

  public DaemonMetrics(InstantSource clock) {
    this(clock, null);
  }

  /**
   * @param exported where everything is counted as well
   */
  public DaemonMetrics(InstantSource clock, @Nullable MeterRegistry exported) {
    meters = new Meters(exported);
    connections = new ConnectionMetrics(meters, clock);
    registry = new RegistryMetrics(meters);
    store = new StoreMetrics(meters);
    spool = new SpoolMetrics(meters);
    streams = new StreamMetrics(meters);
    notices = new NotifyMetrics(meters);
    web = new WebMetrics(meters);
    lookupsRefused =
        meters.counter(
            "atmd.lookups.refused", "File look-ups not made because too many were waiting");
    meters.gauge(
        "atmd.memory.resident.bytes", "Resident memory", this, _ -> ResidentMemory.bytes());
    new JvmMemoryMetrics().bindTo(meters.all());
    new JvmThreadMetrics().bindTo(meters.all());
  }

  public ConnectionGauges connections() {
    return connections;
  }

  public BroadcastGauges deliveries() {
    return connections;
  }

  public RegistryGauges registry() {
    return registry;
  }

  public StoreGauges store() {
    return store;
  }

  public SpoolGauges spool() {
    return spool;
  }

  public StreamGauges streams() {
    return streams;
  }

  public NotifyGauges notices() {
    return notices;
  }

  public WebGauges web() {
    return web;
  }

  /** A file look-up was not made: the executor had too much to do. */
  public void lookupRefused() {
    lookupsRefused.increment();
  }

  /** Lets something be read whenever the metrics are. */
  public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
    meters.gauge(name, description, source, value);
  }

  /** Lets the sessions be counted by status and harness. */
  public void watch(SessionCensus census) {
    for (var status : Status.values()) {
      for (var harness : Harness.values()) {
        Gauge.builder("atmd.sessions", census, counts -> counts.of(status, harness))
            .description("Sessions by status and harness")
            .tags(Tags.of("status", status.tag(), "harness", harness.tag()))
            .register(meters.all());
      }
    }
  }

  /** Lets it be seen how the exports go. */
  public void watch(OtlpExport export) {
    export.countIn(meters.all());
  }

  /** All of it as Prometheus text. */
  public String scrape() {
    return meters.scrape();
  }
}
