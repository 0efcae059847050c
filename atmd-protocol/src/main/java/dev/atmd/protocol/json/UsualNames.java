package dev.atmd.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names of fields in the order in which they usually stand, so that the one behind the last one is
 * the first to be compared. Immutable.
 */
final class UsualNames {
  private final Name[] names;

  UsualNames(String... names) {
    this.names = new Name[names.length];
    Arrays.setAll(this.names, i -> Name.of(i, names[i]));
  }

  /** Which of them stands there, looked for from {@code guess} on; null if none as usual. */
  @Nullable Name find(byte[] line, int at, int end, int guess) {
    if (at > end - Long.BYTES) {
      return null;
    }
    var start = Words.at(line, at);
    for (var i = guess; i < names.length; i++) {
      if (names[i].isAt(start, line, at, end)) {
        return names[i];
      }
    }
    for (var i = 0; i < guess; i++) {
      if (names[i].isAt(start, line, at, end)) {
        return names[i];
      }
    }
    return null;
  }

  /**
   * A name.
   *
   * @param written as it stands in a line: in quotation marks, with a colon
   * @param start the first eight bytes of that, or as many as there are
   * @param mask where those bytes are
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  record Name(int index, String text, byte[] written, long start, long mask) {
    private static Name of(int index, String text) {
      var written = ('"' + text + "\":").getBytes(StandardCharsets.US_ASCII);
      var word = Words.at(Arrays.copyOf(written, written.length + Long.BYTES), 0);
      var mask = written.length < Long.BYTES ? (1L << (written.length * Byte.SIZE)) - 1 : -1L;
      return new Name(index, text, written, word & mask, mask);
    }

    int length() {
      return written.length;
    }

    private boolean isAt(long word, byte[] line, int at, int end) {
      return (word & mask) == start && at + written.length <= end && hasRestAt(line, at);
    }

    private boolean hasRestAt(byte[] line, int at) {
      for (var i = Long.BYTES; i < written.length; i += Long.BYTES) {
        var last = Math.min(i, written.length - Long.BYTES);
        if (Words.at(line, at + last) != Words.at(written, last)) {
          return false;
        }
      }
      return true;
    }
  }
}
