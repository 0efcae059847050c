package dev.atmd.protocol.frame;

import dev.atmd.protocol.json.ClientMessageReader;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;

/**
 * Turns each line into a {@link dev.atmd.protocol.message.ClientLine}. Keeps nothing of its own.
 */
@Sharable
@SuppressWarnings("exports") // Who uses this has Netty; who does not must not need it.
public final class ClientLineDecoder extends MessageToMessageDecoder<Object> {
  /** A status line is about 1 KiB; a longer line gets an array of its own. */
  private static final int USUAL_BYTES = 64 * 1024;

  private static final FastThreadLocal<byte[]> SCRATCH =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[USUAL_BYTES];
        }
      };

  public ClientLineDecoder() {}

  @Override
  protected void decode(ChannelHandlerContext ctx, Object frame, List<Object> out) {
    switch (frame) {
      case ByteBuf line -> {
        var length = line.readableBytes();
        var bytes = length <= USUAL_BYTES ? SCRATCH.get() : new byte[length];
        line.readBytes(bytes, 0, length);
        out.add(ClientMessageReader.read(bytes, length));
      }
      case OversizedLine(var max) ->
          out.add(
              new Unreadable(
                  ErrorCode.FRAME_TOO_LARGE,
                  "Message too large: skipped (max: " + max + " bytes)"));
      default -> throw new IllegalArgumentException("not a frame: " + frame);
    }
  }
}
