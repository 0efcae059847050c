package dev.atmd.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, the first in the lowest bits. */
final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long SPACES = ' ' * ONES;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private Words() {}

  static long at(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Whether these are seven-bit characters, and none of them a backslash. */
  static boolean isPlain(long word) {
    var slash = word ^ BACKSLASHES;
    return ((word | ((slash - ONES) & ~slash)) & HIGH_BITS) == 0;
  }

  /** Marks the first byte that a plain string cannot hold, and perhaps some behind it. */
  static long specialBytes(long word) {
    var quote = word ^ QUOTES;
    var slash = word ^ BACKSLASHES;
    // A subtraction borrows only from bytes behind one that is marked.
    return (word
            | ((word - SPACES) & ~word)
            | ((quote - ONES) & ~quote)
            | ((slash - ONES) & ~slash))
        & HIGH_BITS;
  }

  /** Which byte is the first that is marked. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
  }

  /** The number that the last so many bytes write in digits, one to eight. */
  static long number(long word, int digits) {
    var others = Long.SIZE - digits * Byte.SIZE;
    // What stands before them becomes leading zeros. Then pairs, fours, and all eight are joined.
    var each = (word >>> others << others) & (0x0F * ONES);
    var pairs = ((each * (1 + (10 << 8))) >>> 8) & 0x00FF_00FF_00FF_00FFL;
    var fours = ((pairs * (1 + (100 << 16))) >>> 16) & 0x0000_FFFF_0000_FFFFL;
    return (fours * (1 + (10_000L << 32))) >>> 32;
  }
}
