package dev.atmd.bench.measure;

import dev.atmd.bench.load.UpdateListener;
import org.HdrHistogram.Histogram;

/**
 * How long after it should have been sent each update arrives, so that a sender that is held up
 * hides nothing. Used by the thread that drains.
 */
final class Lateness implements UpdateListener {
  private static final long HIGHEST_NANOS = 60_000_000_000L;

  private final Histogram histogram = new Histogram(HIGHEST_NANOS, 3);
  private int first = Integer.MAX_VALUE;
  private long start;
  private long intervalNanos;

  /** From this update on, which is due at {@code start}. */
  void begin(int update, long startNanos, long everyNanos) {
    first = update;
    start = startNanos;
    intervalNanos = everyNanos;
  }

  @Override
  public void update(int update, long nanos) {
    if (update >= first) {
      var late = nanos - start - (update - first) * intervalNanos;
      histogram.recordValue(Math.clamp(late, 0, HIGHEST_NANOS));
    }
  }

  /** Microseconds that so many of a hundred updates do not exceed. */
  double micros(double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }
}
