package dev.atmd.core.session;

import org.jspecify.annotations.Nullable;

/**
 * How full a model's context is.
 *
 * @param window size of the context in tokens; 0 where the harness says so
 * @param current tokens of the latest call
 * @param totalInput tokens read by the session so far, unsigned
 * @param totalOutput tokens written by the session so far, unsigned
 * @param reportedPercentage what the harness itself says, 0 to 100; wins over arithmetic
 */
public record ContextUsage(
    long window,
    TokenCounts current,
    long totalInput,
    long totalOutput,
    @Nullable Double reportedPercentage) {
  private static final double WARNING_PERCENT = 80.0;
  private static final double CRITICAL_PERCENT = 90.0;

  /** Whether anybody has said how full it is; zero may mean nothing otherwise. */
  public boolean isKnown() {
    return reportedPercentage != null || !current.equals(TokenCounts.ZERO) || totalInput != 0;
  }

  /** Nothing used of a window of this size. */
  public static ContextUsage empty(long window) {
    return new ContextUsage(window, TokenCounts.ZERO, 0, 0, null);
  }

  public double percentage() {
    if (reportedPercentage != null) {
      return Math.clamp(reportedPercentage, 0.0, 100.0);
    }
    return window == 0 ? 0.0 : Math.min(unsignedToDouble(current.used()) / window * 100.0, 100.0);
  }

  public boolean isWarning() {
    return percentage() >= WARNING_PERCENT;
  }

  public boolean isCritical() {
    return percentage() >= CRITICAL_PERCENT;
  }

  private static double unsignedToDouble(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }
}
