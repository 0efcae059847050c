package dev.atmd.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextUsageTest {
  @Test
  void countsWhatWentInAndNotWhatCameOut() {
    var counts = new TokenCounts(1_000, 500, 2_000, 40_000);

    assertThat(counts.used()).isEqualTo(43_000);
    assertThat(usage(200_000, counts).percentage()).isEqualTo(21.5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false",
    "79.9, false, false",
    "80, true, false",
    "89.9, true, false",
    "90, true, true",
    "100, true, true"
  })
  void warnsFromEightyAndAlarmsFromNinetyPercent(double percent, boolean warns, boolean alarms) {
    var usage = usage(1_000, new TokenCounts(Math.round(percent * 10), 0, 0, 0));

    assertThat(usage.percentage()).isEqualTo(percent);
    assertThat(usage.isWarning()).isEqualTo(warns);
    assertThat(usage.isCritical()).isEqualTo(alarms);
  }

  @Test
  void isNeverMoreThanFullNorMoreThanNothingOfNoWindow() {
    assertThat(usage(10, new TokenCounts(11, 0, 0, 0)).percentage()).isEqualTo(100.0);
    assertThat(usage(0, new TokenCounts(5, 0, 0, 0)).percentage()).isZero();
  }

  @Test
  void countsUnsignedAndSaturates() {
    var half = Long.MIN_VALUE;

    assertThat(new TokenCounts(half, 0, 0, 0).used()).isEqualTo(half);
    assertThat(new TokenCounts(half, 0, half, 0).used()).isEqualTo(-1L);
    assertThat(new TokenCounts(-1L, 0, 1, 1).used()).isEqualTo(-1L);
    assertThat(usage(200_000, new TokenCounts(half, 0, 0, 0)).percentage()).isEqualTo(100.0);
  }

  @ParameterizedTest
  @CsvSource({"73.5, 73.5", "-1, 0", "101, 100"})
  void theReportedPercentageWinsWithinItsBounds(double reported, double shown) {
    var usage = new ContextUsage(200_000, new TokenCounts(1, 0, 0, 0), 0, 0, reported);

    assertThat(usage.percentage()).isEqualTo(shown);
  }

  private static ContextUsage usage(long window, TokenCounts counts) {
    return new ContextUsage(window, counts, 0, 0, null);
  }
}
