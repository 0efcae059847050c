package dev.atmd.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Netty's decoder, which also knows whether a request has begun and not ended. */
final class RequestDecoder extends HttpRequestDecoder {
  /** A path and a few short facts. */
  private static final int LINE_BYTES = 4 * 1024;

  private static final int HEADER_BYTES = 8 * 1024;

  private boolean insideRequest;

  RequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LINE_BYTES)
            .setMaxHeaderSize(HEADER_BYTES)
            .setMaxChunkSize(64 * 1024));
  }

  boolean isInsideRequest() {
    return insideRequest;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    super.decode(ctx, in, out);
    insideRequest = out.isEmpty() || !(out.getLast() instanceof LastHttpContent);
  }
}
