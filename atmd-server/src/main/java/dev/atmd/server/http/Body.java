package dev.atmd.server.http;

import dev.atmd.protocol.frame.FrameBudget;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The body of the request that is coming in, bounded as an unfinished line is: what is longer, or
 * more than the budget allows, is skipped. One per connection, on its event loop.
 */
final class Body {
  private static final byte[] NOTHING = {};

  private final int maxBytes;
  private final FrameBudget budget;
  private byte[] bytes = NOTHING;
  private int length;
  private long taken;
  private boolean tooLarge;

  Body(int maxBytes, FrameBudget budget) {
    this.maxBytes = maxBytes;
    this.budget = budget;
  }

  /** Takes the next part. */
  void add(ByteBuf part) {
    var count = part.readableBytes();
    if (tooLarge || count > maxBytes - length || !keep(count)) {
      skip();
    } else if (count > 0) {
      if (count > bytes.length - length) {
        bytes =
            Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(2 * bytes.length, length + count)));
      }
      part.readBytes(bytes, length, count);
      length += count;
    }
  }

  /** Whether some of it had to be skipped. */
  boolean isTooLarge() {
    return tooLarge;
  }

  /** What has come in; only the first {@link #length} bytes count. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Forgets it and skips what comes of it. */
  void skip() {
    clear();
    tooLarge = true;
  }

  /** Makes room for the next body. */
  void clear() {
    budget.giveBack(taken);
    taken = 0;
    bytes = NOTHING;
    length = 0;
    tooLarge = false;
  }

  private boolean keep(int more) {
    if (!budget.take(more)) {
      return false;
    }
    taken += more;
    return true;
  }
}
