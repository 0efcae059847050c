package dev.atmd.client.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExportReportTest {
  private static final String WORKED = "atmd_otlp_exports_total{worked=\"true\"} ";

  @Test
  void saysNothingWhereNothingIsSent() {
    assertThat(ExportReport.findings(MetricsText.of("atmd_store_trouble 0.0\n"))).isEmpty();
  }

  @Test
  void isFineWhileTheCollectorTakesThem() {
    var metrics = MetricsText.of(WORKED + "3.0\natmd_otlp_trouble 0.0\n");

    assertThat(ExportReport.findings(metrics))
        .containsExactly(Finding.ok("metrics", "the collector takes them"));
  }

  @Test
  void doesNotClaimWhatHasNotHappenedYet() {
    var metrics = MetricsText.of(WORKED + "0.0\natmd_otlp_trouble 0.0\n");

    assertThat(ExportReport.findings(metrics))
        .containsExactly(Finding.ok("metrics", "the first export is still to come"));
  }

  @Test
  void saysWhereToLookWhenItDoesNot() {
    var metrics = MetricsText.of(WORKED + "3.0\natmd_otlp_trouble 1.0\n");

    assertThat(ExportReport.findings(metrics))
        .containsExactly(
            Finding.warning(
                "metrics",
                "the collector did not take the last export",
                "see the daemon's log for what it answered, and [otlp] in its configuration"));
  }
}
