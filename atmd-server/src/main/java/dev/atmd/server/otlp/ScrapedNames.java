package dev.atmd.server.otlp;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import org.jspecify.annotations.Nullable;

/**
 * Names as they are on /metrics, so that a panel or a rule fits both ways. Stateless.
 *
 * <pre>
 *   atmd.messages     counter               atmd_messages_total
 *   atmd.ingest       timer                 atmd_ingest_seconds
 *   atmd.ingest.max   its longest of late   atmd_ingest_seconds_max
 *   jvm.memory.used   gauge in bytes        jvm_memory_used_bytes
 * </pre>
 */
final class ScrapedNames implements NamingConvention {
  private static final String MAX = ".max";

  private final NamingConvention scraped = new PrometheusNamingConvention();

  @Override
  public String name(String name, Meter.Type type, @Nullable String unit) {
    if (type == Meter.Type.COUNTER) {
      return scraped.name(name, type, unit) + "_total";
    }
    // The gauge that the library puts beside each timer, under the type of that.
    if (type == Meter.Type.TIMER && name.endsWith(MAX)) {
      return scraped.name(name.substring(0, name.length() - MAX.length()), type, unit) + "_max";
    }
    return scraped.name(name, type, unit);
  }

  @Override
  public String tagKey(String key) {
    return scraped.tagKey(key);
  }

  @Override
  public String tagValue(String value) {
    return scraped.tagValue(value);
  }
}
