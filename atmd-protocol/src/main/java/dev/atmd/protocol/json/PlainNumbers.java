package dev.atmd.protocol.json;

import java.nio.charset.StandardCharsets;

/** Digits of a line, at least eight bytes behind its beginning, as numbers. */
final class PlainNumbers {
  /** So many digits always fit into a long. */
  static final int MAX_DIGITS = 18;

  /** All integers up to here are doubles. */
  private static final long MAX_EXACT = 1L << 53;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17
  };

  private static final long HUNDRED_MILLION = 100_000_000;

  private PlainNumbers() {}

  /** What these digits write, of which there are one to eighteen. */
  static long integer(byte[] line, int from, int to) {
    var digits = to - from;
    var last = Words.at(line, to - Long.BYTES);
    return digits <= Long.BYTES
        ? Words.number(last, digits)
        : integer(line, from, to - Long.BYTES) * HUNDRED_MILLION + Words.number(last, Long.BYTES);
  }

  /** The double next to the number that these digits with a point between them write. */
  static double decimal(byte[] line, int from, int point, int to) {
    var scale = to - point - 1;
    if (point - from + scale <= MAX_DIGITS) {
      var power = POWERS_OF_TEN[scale];
      var mantissa = integer(line, from, point) * (long) power + integer(line, point + 1, to);
      if (mantissa <= MAX_EXACT) {
        // Both are exact, so that only the division rounds, as it should.
        return mantissa / power;
      }
    }
    return Double.parseDouble(new String(line, from, to - from, StandardCharsets.ISO_8859_1));
  }
}
