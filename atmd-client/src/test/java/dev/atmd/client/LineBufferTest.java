package dev.atmd.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBufferTest {
  private final LineBuffer buffer = new LineBuffer(50_000);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
  void findsLinesHoweverTheBytesAreSplit(int chunk) {
    var lines = List.of("a", "", "grün 漢字", "x".repeat(40_000), "last");
    var bytes = (String.join("\n", lines) + "\nrest").getBytes(StandardCharsets.UTF_8);

    var found = new ArrayList<String>();
    for (var at = 0; at < bytes.length; at += chunk) {
      buffer.append(ByteBuffer.wrap(bytes, at, Math.min(chunk, bytes.length - at)));
      for (var line = buffer.next(); line != null; line = buffer.next()) {
        found.add(new String(line, StandardCharsets.UTF_8));
      }
    }

    assertThat(found).isEqualTo(lines);
    assertThat(buffer.pendingBytes()).isEqualTo(4);
  }

  @Test
  void isOverfullOnlyBeyondItsLimit() {
    buffer.append(ByteBuffer.wrap(new byte[50_000]));
    assertThat(buffer.next()).isNull();
    assertThat(buffer.isOverfull()).isFalse();

    buffer.append(ByteBuffer.wrap(new byte[1]));
    assertThat(buffer.next()).isNull();
    assertThat(buffer.isOverfull()).isTrue();
  }
}
