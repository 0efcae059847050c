package dev.atmd.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a stream into lines (atm-protocol §1.2), each without its line end:
 *
 * <pre>
 * 7b 7d 0a 7b      →  "{}"  and, once its line end or the end of the stream comes, "{"
 * </pre>
 *
 * No more than one line of the greatest length is ever kept, and of all connections together no
 * more than the budget allows. A longer one is skipped as it comes in, and then reported as
 * oversized; the next one follows whole. What stands unfinished at the end of the stream is a line
 * too. One per connection, on its event loop.
 */
@SuppressWarnings("exports") // Who uses this has Netty; who does not must not need it.
public abstract class LineFrameDecoder extends ByteToMessageDecoder {
  private static final byte LINE_END = '\n';

  private final int maxBytes;
  private final FrameBudget budget;

  /** How many bytes of the unfinished line are known to hold no line end. */
  private int searched;

  /** Bytes of the unfinished line that are taken from the budget. */
  private long taken;

  private boolean skipping;

  /**
   * @param maxBytes greatest length of a line, its line end included
   */
  LineFrameDecoder(int maxBytes, FrameBudget budget) {
    this.maxBytes = maxBytes;
    this.budget = budget;
  }

  /** What comes out for a line: reads so many bytes, and no more. */
  abstract Object line(ByteBuf in, int length);

  /** What comes out for a line that was longer than this and has been skipped. */
  abstract Object oversized(int maxBytes);

  /** Whether a line has begun and not ended. */
  public final boolean isInsideLine() {
    return skipping || actualReadableBytes() > 0;
  }

  @Override
  protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    var from = in.readerIndex() + searched;
    var end = in.indexOf(from, in.writerIndex(), LINE_END);
    if (end >= 0) {
      endLine(in, end, out);
    } else if (skipping || in.readableBytes() > maxBytes || !keep(in.readableBytes())) {
      skipping = true;
      forget();
      in.skipBytes(in.readableBytes());
    } else {
      searched = in.readableBytes();
    }
  }

  @Override
  protected final void handlerRemoved0(ChannelHandlerContext ctx) {
    forget();
  }

  @Override
  protected final void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (skipping) {
      skipping = false;
      out.add(oversized(maxBytes));
    } else if (in.isReadable()) {
      out.add(line(in, in.readableBytes()));
    }
  }

  private void endLine(ByteBuf in, int end, List<Object> out) {
    var length = end - in.readerIndex();
    forget();
    if (skipping || length + 1 > maxBytes) {
      skipping = false;
      in.skipBytes(length + 1);
      out.add(oversized(maxBytes));
    } else {
      out.add(line(in, length));
      in.skipBytes(1);
    }
  }

  /** Takes what the unfinished line needs by now. */
  private boolean keep(long bytes) {
    if (!budget.take(bytes - taken)) {
      return false;
    }
    taken = bytes;
    return true;
  }

  /** The unfinished line is over, one way or the other. */
  private void forget() {
    searched = 0;
    if (taken > 0) {
      budget.giveBack(taken);
      taken = 0;
    }
  }
}
