package dev.atmd.server.broadcast;

import dev.atmd.protocol.message.Detail;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Events that follow on each other, with their bytes in one buffer, which all share who get just
 * these: who takes them at once, and who is a little late. On one event loop.
 */
final class Slice {
  private final List<Frame> frames;
  private final Detail detail;
  private final ByteBuf joined;
  private int holders;

  /**
   * @param joined belongs to whoever makes the slice
   */
  Slice(List<Frame> frames, Detail detail, ByteBuf joined) {
    this.frames = frames;
    this.detail = detail;
    this.joined = joined;
  }

  List<Frame> frames() {
    return frames;
  }

  Detail detail() {
    return detail;
  }

  int bytes() {
    return joined.writerIndex();
  }

  /** The bytes, to be written once. */
  ByteBuf content() {
    return joined.retainedDuplicate();
  }

  /** It waits in one more outbox; false if no more bytes may be held so. */
  boolean hold(OutboxBudget budget) {
    if (holders == 0 && !budget.addShared(bytes())) {
      return false;
    }
    holders++;
    joined.retain();
    return true;
  }

  /** It waits in one outbox less. */
  void release(OutboxBudget budget) {
    if (--holders == 0) {
      budget.removeShared(bytes());
    }
    joined.release();
  }
}
