package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamEncoderTest {
  private static final String LINES =
      """
      {"type":"session_list","sessions":[{"id":"a","question":",\\"seq\\":9,\\"epoch\\":\\"x\\""}],"seq":2,"epoch":"5d85-a1"}
      {"type":"lagged","replaced":3,"dropped":0}
      {"type":"session_updated","session":{"id":"ü,,\\"seq"},"seq":18446744073709551615,"epoch":"5d85-a1"}
      {"type":"session_removed","session_id":"a","seq":3,"epoch":"5d85-a1","reason":"renamed","renamed_to":"b"}
      {"type":"pong","seq":0}
      """;

  private static final String EVENTS =
      """
      data: {"type":"session_list","sessions":[{"id":"a","question":",\\"seq\\":9,\\"epoch\\":\\"x\\""}],"seq":2,"epoch":"5d85-a1"}
      id: 5d85-a1:2

      data: {"type":"lagged","replaced":3,"dropped":0}

      data: {"type":"session_updated","session":{"id":"ü,,\\"seq"},"seq":18446744073709551615,"epoch":"5d85-a1"}
      id: 5d85-a1:18446744073709551615

      data: {"type":"session_removed","session_id":"a","seq":3,"epoch":"5d85-a1","reason":"renamed","renamed_to":"b"}
      id: 5d85-a1:3

      data: {"type":"pong","seq":0}

      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void turnsLinesIntoEventsHoweverTheyAreCut(int chunk) {
    var channel = new EmbeddedChannel(new EventStreamEncoder());
    var bytes = LINES.getBytes(StandardCharsets.UTF_8);

    for (var from = 0; from < bytes.length; from += chunk) {
      var count = Math.min(chunk, bytes.length - from);
      channel.writeOutbound(Unpooled.copiedBuffer(bytes, from, count));
    }

    assertThat(written(channel)).isEqualTo(EVENTS);
    assertThat(channel.finish()).isFalse();
  }

  private static String written(EmbeddedChannel channel) {
    var all = Unpooled.buffer();
    for (@Nullable ByteBuf part = channel.readOutbound(); part != null; ) {
      all.writeBytes(part);
      part.release();
      part = channel.readOutbound();
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
