package dev.atmd.protocol.frame;

import dev.atmd.protocol.json.ClientMessageReader;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Turns a stream into {@link ClientLine}s, one for each line. One per connection, on its event
 * loop.
 */
public final class ClientLineDecoder extends LineFrameDecoder {
  /** A status line is about 1 KiB; a longer line gets an array of its own. */
  private static final int USUAL_BYTES = 64 * 1024;

  private static final FastThreadLocal<byte[]> SCRATCH =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[USUAL_BYTES];
        }
      };

  /**
   * @param maxBytes greatest length of a line, its line end included
   */
  public ClientLineDecoder(int maxBytes, FrameBudget budget) {
    super(maxBytes, budget);
  }

  @Override
  ClientLine line(ByteBuf in, int length) {
    var bytes = length <= USUAL_BYTES ? SCRATCH.get() : new byte[length];
    in.readBytes(bytes, 0, length);
    return ClientMessageReader.read(bytes, length);
  }

  @Override
  ClientLine oversized(int maxBytes) {
    return new Unreadable(
        ErrorCode.FRAME_TOO_LARGE, "Message too large: skipped (max: " + maxBytes + " bytes)");
  }
}
