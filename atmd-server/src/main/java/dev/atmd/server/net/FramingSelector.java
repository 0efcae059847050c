package dev.atmd.server.net;

import dev.atmd.protocol.frame.ClientLineDecoder;
import dev.atmd.protocol.frame.FrameBudget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Tells by its first bytes what a connection speaks, and steps aside:
 *
 * <pre>
 * 50 4f 53 54 20       "POST "   HTTP: a method, which is capital letters and a space
 * 7b 22 …              "{"…      lines, and so is anything else, as ever
 * </pre>
 *
 * Text in small letters is no HTTP but a bad line, which clients of 1.0 are told as such. One per
 * connection, on its event loop.
 */
final class FramingSelector extends ByteToMessageDecoder {
  /** Longer than any method in use. */
  private static final int LONGEST_METHOD = 20;

  private final Framing http;
  private final ConnectionLimits limits;
  private final FrameBudget unfinished;
  private boolean inputEnded;

  FramingSelector(Framing http, ConnectionLimits limits, FrameBudget unfinished) {
    this.http = http;
    this.limits = limits;
    this.unfinished = unfinished;
  }

  /** What the bytes so far say. */
  private enum Verdict {
    HTTP,
    LINES,
    UNDECIDED
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    switch (verdict(in)) {
      case HTTP -> {
        var pipeline = ctx.pipeline();
        pipeline.remove(ClientLineDecoder.class);
        pipeline.remove(ConnectionHandler.class);
        http.install(ctx.channel(), limits, unfinished);
        pipeline.remove(this);
      }
      case LINES -> ctx.pipeline().remove(this);
      case UNDECIDED -> {}
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    inputEnded = true;
    super.decodeLast(ctx, in, out);
  }

  private Verdict verdict(ByteBuf in) {
    var known = Math.min(in.readableBytes(), LONGEST_METHOD + 1);
    for (var i = 0; i < known; i++) {
      var next = in.getByte(in.readerIndex() + i);
      if (next == ' ' && i > 0) {
        return Verdict.HTTP;
      }
      if (next < 'A' || next > 'Z') {
        return Verdict.LINES;
      }
    }
    return known > LONGEST_METHOD || inputEnded ? Verdict.LINES : Verdict.UNDECIDED;
  }
}
