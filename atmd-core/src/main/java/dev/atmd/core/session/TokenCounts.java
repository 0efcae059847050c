package dev.atmd.core.session;

/** Tokens of the latest model call, as the harness counts them. */
public record TokenCounts(long input, long output, long cacheCreation, long cacheRead) {
  public static final TokenCounts ZERO = new TokenCounts(0, 0, 0, 0);

  /** What fills the context: everything that went in, saturating (atm-behaviour §2.5). */
  public long used() {
    return saturatingAdd(saturatingAdd(cacheRead, input), cacheCreation);
  }

  /** Adds as unsigned 64-bit numbers would, stopping at the largest. */
  private static long saturatingAdd(long a, long b) {
    var sum = a + b;
    return Long.compareUnsigned(sum, a) < 0 ? -1L : sum;
  }
}
