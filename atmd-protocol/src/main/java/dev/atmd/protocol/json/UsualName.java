package dev.atmd.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A name that fields often have, in a ring of such names: the one that usually stands next is the
 * next to be compared. Immutable once its ring is closed.
 */
final class UsualName {
  private final String text;

  /** As it stands in a line: in quotation marks, with a colon. */
  private final byte[] written;

  /** The first eight bytes of that, or as many as there are. */
  private final long start;

  /** Where those bytes are. */
  private final long mask;

  private UsualName next = this;

  private UsualName(String text) {
    this.text = text;
    this.written = ('"' + text + "\":").getBytes(StandardCharsets.US_ASCII);
    this.mask = written.length < Long.BYTES ? (1L << (written.length * Byte.SIZE)) - 1 : -1L;
    this.start = Words.at(Arrays.copyOf(written, written.length + Long.BYTES), 0) & mask;
  }

  /** The first of these names, behind which stand the others. */
  static UsualName firstOf(String... names) {
    var first = new UsualName(names[0]);
    var last = first;
    for (var name : Arrays.asList(names).subList(1, names.length)) {
      last.next = new UsualName(name);
      last = last.next;
    }
    last.next = first;
    return first;
  }

  String text() {
    return text;
  }

  /** How many bytes it takes with its quotation marks and its colon. */
  int length() {
    return written.length;
  }

  UsualName next() {
    return next;
  }

  /** Which name of the ring stands there, looked for from this one on; null if none as usual. */
  @Nullable UsualName find(byte[] line, int at, int end) {
    var name = this;
    do {
      if (name.isAt(line, at, end)) {
        return name;
      }
      name = name.next;
    } while (name != this);
    return null;
  }

  boolean isAt(byte[] line, int at, int end) {
    return at + Math.max(written.length, Long.BYTES) <= end
        && (Words.at(line, at) & mask) == start
        && (written.length <= Long.BYTES || hasRestAt(line, at));
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
