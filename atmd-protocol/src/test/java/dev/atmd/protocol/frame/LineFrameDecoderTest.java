package dev.atmd.protocol.frame;

import static dev.atmd.protocol.frame.TextLineDecoder.OVERSIZED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFrameDecoderTest {
  private static final int LIMIT = 1_048_576;

  /** Counts what is allocated; the decoder keeps what it has not yet decoded in it. */
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

  private final FrameBudget budget = new FrameBudget(64L * LIMIT);
  private final LineFrameDecoder decoder = new TextLineDecoder(LIMIT, budget);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  LineFrameDecoderTest() {
    channel.config().setAllocator(allocator);
  }

  @Test
  void cutsLinesHoweverTheBytesAreSplit() {
    var text = "{}\n\n{\"x\":\"é\"}\r\nlast";
    var expected = List.of("{}", "", "{\"x\":\"é\"}\r", "last");

    for (var size = 1; size <= text.getBytes(ISO_8859_1).length; size++) {
      var pieces = new EmbeddedChannel(new TextLineDecoder(64, budget));
      writeInPieces(pieces, text.getBytes(ISO_8859_1), size);
      pieces.finish();

      assertThat(frames(pieces)).as("pieces of %d bytes", size).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 65_536, LIMIT})
  void acceptsALineAtTheLimit(int piece) {
    writeInPieces(channel, line(LIMIT), piece);
    writeInPieces(channel, "next\n".getBytes(UTF_8), 5);

    assertThat(frames(channel)).containsExactly("x".repeat(LIMIT - 1), "next");
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 65_536, LIMIT, LIMIT + 1})
  void skipsALineBeyondTheLimitAndReadsTheNext(int piece) {
    writeInPieces(channel, line(LIMIT + 1), piece);
    writeInPieces(channel, "next\n".getBytes(UTF_8), 5);

    assertThat(frames(channel)).containsExactly(OVERSIZED, "next");
    assertNothingLeft();
  }

  @Test
  void skipsSeveralLinesBeyondTheLimitInOneWrite() {
    var lines = Unpooled.wrappedBuffer(line(3 * LIMIT), line(2), line(2 * LIMIT), line(3));
    channel.writeInbound(lines);

    assertThat(frames(channel)).containsExactly(OVERSIZED, "x", OVERSIZED, "xx");
    assertNothingLeft();
  }

  @Test
  void acceptsALastLineAtTheLimitWithoutItsEnd() {
    channel.writeInbound(Unpooled.wrappedBuffer("x".repeat(LIMIT).getBytes(UTF_8)));
    channel.finish();

    assertThat(frames(channel)).containsExactly("x".repeat(LIMIT));
  }

  @Test
  void skipsALastLineBeyondTheLimit() {
    channel.writeInbound(Unpooled.wrappedBuffer("x".repeat(LIMIT + 1).getBytes(UTF_8)));
    assertThat(decoder.isInsideLine()).isTrue();
    channel.finish();

    assertThat(frames(channel)).containsExactly(OVERSIZED);
  }

  @Test
  void skipsWhatTheLinesOfAllConnectionsTogetherMayNotTake() {
    var shared = new FrameBudget(100);
    var first = new EmbeddedChannel(new TextLineDecoder(LIMIT, shared));
    var second = new EmbeddedChannel(new TextLineDecoder(LIMIT, shared));
    first.writeInbound(Unpooled.wrappedBuffer("x".repeat(80).getBytes(UTF_8)));
    second.writeInbound(Unpooled.wrappedBuffer("y".repeat(30).getBytes(UTF_8)));

    writeInPieces(second, "\nnext\n".getBytes(UTF_8), 6);
    writeInPieces(first, "\n".getBytes(UTF_8), 1);

    assertThat(frames(first)).containsExactly("x".repeat(80));
    assertThat(frames(second)).containsExactly(OVERSIZED, "next");
    assertThat(shared.taken()).isZero();
  }

  @Test
  void givesBackWhatTheLineOfAVanishedConnectionTook() {
    channel.writeInbound(Unpooled.wrappedBuffer("x".repeat(80).getBytes(UTF_8)));
    assertThat(budget.taken()).isEqualTo(80);

    channel.finishAndReleaseAll();

    assertThat(budget.taken()).isZero();
  }

  @Test
  void knowsWhetherALineHasBegun() {
    assertThat(decoder.isInsideLine()).isFalse();
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'a'}));
    assertThat(decoder.isInsideLine()).isTrue();
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'\n'}));
    assertThat(decoder.isInsideLine()).isFalse();
    assertThat(frames(channel)).containsExactly("a");
    assertNothingLeft();
  }

  @Test
  void keepsNoMoreThanALineAndAPieceOfIt() {
    var piece = 64 * 1024;
    var most = 0L;
    for (var written = 0; written < 64 * LIMIT; written += piece) {
      channel.writeInbound(allocator.heapBuffer(piece).writeBytes(new byte[piece]));
      most = Math.max(most, allocator.metric().usedHeapMemory());
    }
    channel.writeInbound(allocator.heapBuffer(1).writeByte('\n'));

    // A buffer that must grow does so in powers of two, while the smaller one still lives.
    assertThat(most).as("bytes kept").isLessThanOrEqualTo(2L * LIMIT + piece);
    assertThat(frames(channel)).containsExactly(OVERSIZED);
    assertNothingLeft();
    assertThat(allocator.metric().usedHeapMemory()).as("bytes leaked").isZero();
  }

  @Test
  void releasesALineThatNobodyWaitedFor() {
    channel.writeInbound(allocator.heapBuffer(100).writeBytes(new byte[100]));
    channel.finishAndReleaseAll();

    assertThat(allocator.metric().usedHeapMemory()).as("bytes leaked").isZero();
  }

  private void assertNothingLeft() {
    assertThat(channel.finish()).as("something left").isFalse();
  }

  private static byte[] line(int length) {
    return ("x".repeat(length - 1) + "\n").getBytes(UTF_8);
  }

  private static void writeInPieces(EmbeddedChannel channel, byte[] bytes, int size) {
    for (var at = 0; at < bytes.length; at += size) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(size, bytes.length - at)));
    }
  }

  private static List<String> frames(EmbeddedChannel channel) {
    var frames = new ArrayList<String>();
    for (String frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      frames.add(frame);
    }
    return frames;
  }
}
