package dev.atmd.client.setup;

import java.util.List;

/** What the daemon says of the metrics it sends to a collector, judged. Pure. */
final class ExportReport {
  static final String TROUBLE = "atmd_otlp_trouble";
  static final String EXPORTS = "atmd_otlp_exports_total";

  private static final String TOPIC = "metrics";

  private ExportReport() {}

  /** Nothing where they are sent nowhere. */
  static List<Finding> findings(MetricsText metrics) {
    var trouble = metrics.sum(TROUBLE);
    if (trouble.isEmpty()) {
      return List.of();
    }
    if (trouble.getAsDouble() > 0) {
      return List.of(
          Finding.warning(
              TOPIC,
              "the collector did not take the last export",
              "see the daemon's log for what it answered, and [otlp] in its configuration"));
    }
    return List.of(
        Finding.ok(
            TOPIC,
            metrics.sum(EXPORTS).orElse(0) > 0
                ? "the collector takes them"
                : "the first export is still to come"));
  }
}
