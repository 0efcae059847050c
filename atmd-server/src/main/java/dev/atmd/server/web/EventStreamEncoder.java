package dev.atmd.server.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;

/**
 * Turns the lines of a subscription, in whatever pieces they come, into server-sent events that
 * carry the place to go on from:
 *
 * <pre>
 * {"type":"session_updated",…}⏎   →   data: {"type":"session_updated",…}⏎
 *                                     id: 5d85a135-709d-4619-ae0f-e78213a1f54e:1207⏎
 *                                     ⏎
 * </pre>
 *
 * One per connection, on its event loop.
 */
final class EventStreamEncoder extends ChannelOutboundHandlerAdapter {
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

  /** What an event has beside its line, about. */
  private static final int BESIDE = 80;

  private final PositionScanner position = new PositionScanner();
  private boolean isInsideLine;

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf lines)) {
      var _ = ctx.write(message, promise);
      return;
    }
    try {
      var events = ctx.alloc().ioBuffer(lines.readableBytes() + BESIDE);
      while (lines.isReadable()) {
        writeLine(lines, events);
      }
      var _ = ctx.write(events, promise);
    } finally {
      lines.release();
    }
  }

  /** As much of it as is there. */
  private void writeLine(ByteBuf lines, ByteBuf events) {
    if (!isInsideLine) {
      events.writeBytes(DATA);
      isInsideLine = true;
    }
    var end = lines.bytesBefore((byte) '\n');
    var length = end < 0 ? lines.readableBytes() : end;
    lines.forEachByte(
        lines.readerIndex(),
        length,
        next -> {
          position.accept(next);
          return true;
        });
    events.writeBytes(lines, length);
    if (end >= 0) {
      lines.skipBytes(1);
      endLine(events);
    }
  }

  private void endLine(ByteBuf events) {
    isInsideLine = false;
    var place = position.endOfLine();
    events.writeByte('\n');
    if (place != null) {
      events.writeCharSequence("id: " + place + "\n", StandardCharsets.US_ASCII);
    }
    events.writeByte('\n');
  }
}
