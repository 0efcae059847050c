package dev.atmd.server.otlp;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.server.files.StartException;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.CompressionMode;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends all meters to a collector now and then, on a thread of its own, "atmd-otlp", under the
 * names that they have on /metrics. Opened and closed by the thread that owns the daemon. No class
 * of the library is loaded where nothing is to be sent.
 */
public final class OtlpExport implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OtlpExport.class.getName());

  private final Collector collector;
  private final OtlpMeterRegistry meters;

  private OtlpExport(Collector collector, OtlpMeterRegistry meters) {
    this.collector = collector;
    this.meters = meters;
  }

  /**
   * Begins to send.
   *
   * @param url where to
   * @throws StartException if the headers cannot be read; the message says what to do
   */
  public static OtlpExport open(URI url, ExportConfig config, InstantSource clock)
      throws StartException {
    var collector = new Collector(url, headers(config.headersFile()), config.interval());
    var meters =
        OtlpMeterRegistry.builder(new Said(url, config))
            .clock(new Time(clock))
            .threadFactory(Thread.ofPlatform().name("atmd-otlp").daemon().factory())
            .metricsSender(collector)
            .build();
    meters.config().namingConvention(new ScrapedNames());
    LOG.log(INFO, "metrics go to {0} every {1} s", url, config.interval().toSeconds());
    return new OtlpExport(collector, meters);
  }

  private static @Nullable HeadersFile headers(String name) throws StartException {
    if (name.isEmpty()) {
      return null;
    }
    var headers = new HeadersFile(Path.of(name));
    try {
      var _ = headers.read();
      if (headers.isOpen()) {
        LOG.log(WARNING, "other users can read otlp.headers_file: chmod 600 {0}", name);
      }
      return headers;
    } catch (IOException | UnsupportedOperationException e) {
      throw new StartException(
          "otlp.headers_file is %s, which cannot be used: %s".formatted(name, e));
    }
  }

  /** Where to count what is to be sent. */
  public MeterRegistry meters() {
    return meters;
  }

  /** Lets it be seen how the exports go. */
  public void countIn(MeterRegistry registry) {
    FunctionCounter.builder("atmd.otlp.exports", collector, Collector::taken)
        .description("Exports of the metrics, and whether the collector took them")
        .tag("worked", "true")
        .register(registry);
    FunctionCounter.builder("atmd.otlp.exports", collector, Collector::failed)
        .description("Exports of the metrics, and whether the collector took them")
        .tag("worked", "false")
        .register(registry);
    Gauge.builder("atmd.otlp.trouble", collector, one -> one.isInTrouble() ? 1 : 0)
        .description("Whether the collector did not take the last export")
        .register(registry);
  }

  /** Sends the last values, unless the collector makes trouble; takes half a second at most. */
  @Override
  public void close() {
    collector.hurry();
    meters.close();
  }

  /** The settings, and nothing from the environment, as the library asks for them. */
  private record Said(URI collector, ExportConfig config) implements OtlpConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public String url() {
      return collector.toString();
    }

    @Override
    public Duration step() {
      return config.interval();
    }

    @Override
    public Map<String, String> resourceAttributes() {
      var all = new LinkedHashMap<String, String>();
      all.put("service.name", "atmd");
      all.putAll(config.attributes());
      return all;
    }

    /** The collector sees to these, anew for each export. */
    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public AggregationTemporality aggregationTemporality() {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompressionMode compressionMode() {
      return CompressionMode.NONE;
    }

    @Override
    public boolean publishMaxGaugeForHistograms() {
      return true;
    }

    @Override
    public TimeUnit baseTimeUnit() {
      return TimeUnit.SECONDS;
    }
  }

  /** The daemon's time, as the library asks for it. */
  private record Time(InstantSource clock) implements Clock {
    @Override
    public long wallTime() {
      return clock.millis();
    }

    @Override
    public long monotonicTime() {
      return System.nanoTime();
    }
  }
}
