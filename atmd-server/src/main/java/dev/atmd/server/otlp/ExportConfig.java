package dev.atmd.server.otlp;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the metrics are sent, and how.
 *
 * @param collector takes OTLP over HTTP; null if nothing is sent
 * @param interval between two exports
 * @param headersFile what is sent along, secrets among it; empty for nothing
 * @param attributes what is said of this daemon, beside its name
 */
public record ExportConfig(
    @Nullable URI collector,
    Duration interval,
    String headersFile,
    Map<String, String> attributes) {
  public ExportConfig {
    attributes = Map.copyOf(attributes);
  }
}
