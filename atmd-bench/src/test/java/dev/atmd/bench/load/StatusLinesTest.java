package dev.atmd.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.json.ClientMessageReader;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLinesTest {
  private final StatusLines lines = new StatusLines();

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 123_456, StatusLines.MOST})
  void writesAnUpdateThatTheDaemonUnderstands(int number) {
    var out = ByteBuffer.allocate(lines.lineBytes());

    lines.put(out, 42, number);

    assertThat(out.hasRemaining()).isFalse();
    assertThat(ClientMessageReader.read(out.array(), lines.lineBytes() - 1))
        .isInstanceOfSatisfying(
            Understood.class, line -> assertThat(line.message()).isInstanceOf(StatusUpdate.class));
    assertThat(new String(out.array(), UTF_8))
        .contains("\"session_id\":\"" + lines.sessionId(42) + "\"")
        .contains("\"total_cost_usd\":%.3f,".formatted(StatusLines.cost(number)))
        .doesNotContainPattern("[SPUT]{3}");
  }
}
