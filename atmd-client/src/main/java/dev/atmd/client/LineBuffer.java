package dev.atmd.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that came, cut into lines. Each byte is looked at once, however the lines are split. Not
 * thread-safe.
 */
final class LineBuffer {
  private static final int START_BYTES = 16 * 1024;

  /** Beyond a burst of long lines the memory is given back. */
  private static final int KEPT_BYTES = 1024 * 1024;

  private final int maxLineBytes;
  private byte[] bytes = new byte[START_BYTES];
  private int start;
  private int searched;
  private int end;

  LineBuffer(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  /** Appends what remains in {@code from}. */
  void append(ByteBuffer from) {
    var length = from.remaining();
    if (length > bytes.length - end) {
      makeRoom(length);
    }
    from.get(bytes, end, length);
    end += length;
  }

  /** The next whole line without its end; null if more has to come. */
  byte @Nullable [] next() {
    while (searched < end) {
      if (bytes[searched] == '\n') {
        var line = Arrays.copyOfRange(bytes, start, searched);
        start = ++searched;
        if (start == end) {
          clear();
        }
        return line;
      }
      searched++;
    }
    return null;
  }

  /** Bytes of a line that is not whole yet; right after {@link #next} answered null. */
  int pendingBytes() {
    return end - start;
  }

  boolean isOverfull() {
    return pendingBytes() > maxLineBytes;
  }

  private void makeRoom(int length) {
    var pending = end - start;
    var target = bytes;
    if (pending + length > bytes.length) {
      target = new byte[Math.max(bytes.length * 2, pending + length)];
    }
    System.arraycopy(bytes, start, target, 0, pending);
    bytes = target;
    searched -= start;
    start = 0;
    end = pending;
  }

  private void clear() {
    start = 0;
    searched = 0;
    end = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[START_BYTES];
    }
  }
}
