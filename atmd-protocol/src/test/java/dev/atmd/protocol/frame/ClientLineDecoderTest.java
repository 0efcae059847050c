package dev.atmd.protocol.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.Connect;
import dev.atmd.protocol.message.ClientMessage.Ping;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.ProtocolVersion;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientLineDecoderTest {
  private static final int LIMIT = 1_048_576;
  private static final String VERSION = "\"protocol_version\":{\"major\":1,\"minor\":0}";

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new ClientLineDecoder(LIMIT, new FrameBudget(Long.MAX_VALUE)));

  @Test
  void readsMessagesHoweverTheBytesAreSplit() {
    var text = ping(7) + "\nnot json\n" + ping(8) + "\n" + ping(9);
    var bytes = text.getBytes(UTF_8);

    for (var size = 1; size <= bytes.length; size++) {
      var pieces =
          new EmbeddedChannel(new ClientLineDecoder(LIMIT, new FrameBudget(Long.MAX_VALUE)));
      for (var at = 0; at < bytes.length; at += size) {
        pieces.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(size, bytes.length - at)));
      }
      pieces.finish();

      var lines = lines(pieces);
      assertThat(lines).as("pieces of %d bytes", size).hasSize(4);
      assertThat(lines.get(0)).isEqualTo(understood(new Ping(7)));
      assertThat(lines.get(1)).isInstanceOf(Unreadable.class);
      assertThat(lines.get(2)).isEqualTo(understood(new Ping(8)));
      assertThat(lines.get(3)).isEqualTo(understood(new Ping(9)));
    }
  }

  @Test
  void readsALineLongerThanUsual() {
    var name = "é".repeat(200_000);
    write("{" + VERSION + ",\"type\":\"connect\",\"client_id\":\"" + name + "\"}\n");
    write(ping(1) + "\n");

    assertThat(lines(channel))
        .containsExactly(understood(new Connect(name)), understood(new Ping(1)));
  }

  @Test
  void answersALineBeyondTheLimit() {
    write("x".repeat(LIMIT) + "\n" + ping(1) + "\n");

    assertThat(lines(channel))
        .containsExactly(
            new Unreadable(
                ErrorCode.FRAME_TOO_LARGE, "Message too large: skipped (max: 1048576 bytes)"),
            understood(new Ping(1)));
  }

  @Test
  void answersALineWithNothingInIt() {
    write("\n");

    assertThat(lines(channel))
        .singleElement()
        .isInstanceOfSatisfying(
            Unreadable.class, line -> assertThat(line.code()).isEqualTo(ErrorCode.MALFORMED));
  }

  @Test
  void releasesEveryBuffer() {
    var allocator = new UnpooledByteBufAllocator(false);
    for (var text : List.of(ping(1) + "\n", "not json\n\n", ping(2), "\n" + ping(3) + "\n")) {
      channel.writeInbound(allocator.heapBuffer().writeBytes(text.getBytes(UTF_8)));
    }

    assertThat(lines(channel)).hasSize(5);
    assertThat(channel.finish()).isFalse();
    assertThat(allocator.metric().usedHeapMemory()).as("bytes leaked").isZero();
  }

  private void write(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, UTF_8));
  }

  private static String ping(int seq) {
    return "{" + VERSION + ",\"type\":\"ping\",\"seq\":" + seq + "}";
  }

  private static Understood understood(ClientMessage message) {
    return new Understood(ProtocolVersion.BASE, message);
  }

  private static List<ClientLine> lines(EmbeddedChannel channel) {
    var lines = new ArrayList<ClientLine>();
    for (ClientLine line = channel.readInbound(); line != null; line = channel.readInbound()) {
      lines.add(line);
    }
    return lines;
  }
}
