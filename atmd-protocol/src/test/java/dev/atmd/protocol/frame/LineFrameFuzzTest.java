package dev.atmd.protocol.frame;

import static dev.atmd.protocol.frame.TextLineDecoder.OVERSIZED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever comes in whatever pieces: the lines are those that stand there. */
class LineFrameFuzzTest {
  private static final int MAX_BYTES = 64;

  /** The first byte says how large the pieces are. */
  @FuzzTest(maxDuration = "10m")
  void cutsAnyBytesInAnyPieces(byte[] input) {
    if (input.length < 2) {
      return;
    }
    var piece = 1 + (input[0] & 0x7F);
    var bytes = Arrays.copyOfRange(input, 1, input.length);
    var budget = new FrameBudget(10L * MAX_BYTES);
    var channel = new EmbeddedChannel(new TextLineDecoder(MAX_BYTES, budget));

    for (var from = 0; from < bytes.length; from += piece) {
      var count = Math.min(piece, bytes.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, from, count));
    }
    channel.finish();

    assertThat(frames(channel)).isEqualTo(expected(bytes));
    assertThat(budget.taken()).isZero();
  }

  private static List<String> frames(EmbeddedChannel channel) {
    var frames = new ArrayList<String>();
    for (String frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      frames.add(frame);
    }
    return frames;
  }

  private static List<String> expected(byte[] bytes) {
    var lines = new ArrayList<String>();
    var start = 0;
    for (var at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        lines.add(line(bytes, start, at, at + 1 - start));
        start = at + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(line(bytes, start, bytes.length, bytes.length - start));
    }
    return lines;
  }

  private static String line(byte[] bytes, int from, int to, int length) {
    return length > MAX_BYTES ? OVERSIZED : new String(bytes, from, to - from, ISO_8859_1);
  }
}
