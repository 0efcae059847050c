package dev.atmd.protocol.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;

/** Lines as text, a character for each byte. */
final class TextLineDecoder extends LineFrameDecoder {
  static final String OVERSIZED = "(oversized)";

  TextLineDecoder(int maxBytes, FrameBudget budget) {
    super(maxBytes, budget);
  }

  @Override
  String line(ByteBuf in, int length) {
    return in.readCharSequence(length, ISO_8859_1).toString();
  }

  @Override
  String oversized(int maxBytes) {
    return OVERSIZED;
  }
}
