package dev.atmd.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strings that were read lately, by their ASCII bytes: a session says the same of itself in every
 * line. Bounded, as what stands in a line is up to its sender: one string per slot, the latest, and
 * none that is long.
 *
 * <p>Thread-safe without locks: an entry is immutable, and a thread that does not see another's
 * only makes the string once more.
 */
final class RecentTexts {
  private static final int MAX_BYTES = 128;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private final @Nullable Entry[] entries;
  private final int shift;

  /** With room for so many, a power of two. */
  RecentTexts(int slots) {
    this.entries = new Entry[slots];
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Entry(byte[] bytes, String text) {
    boolean is(byte[] line, int from, int to) {
      return Arrays.equals(line, from, to, bytes, 0, bytes.length);
    }
  }

  /** The text of these bytes, which are ASCII. */
  String text(byte[] line, int from, int to) {
    if (to - from > MAX_BYTES || to < Long.BYTES) {
      return decoded(line, from, to);
    }
    var slot = slot(line, from, to);
    var entry = entries[slot];
    if (entry != null && entry.is(line, from, to)) {
      return entry.text();
    }
    var text = decoded(line, from, to);
    entries[slot] = new Entry(Arrays.copyOfRange(line, from, to), text);
    return text;
  }

  /** By the first and the last bytes; of a short text, with what stands before it in the line. */
  private int slot(byte[] line, int from, int to) {
    var last = to - Long.BYTES;
    var head = Words.at(line, Math.min(from, last));
    var tail = Words.at(line, last);
    return (int) (((head * MIX + tail + to - from) * MIX) >>> shift);
  }

  private static String decoded(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
