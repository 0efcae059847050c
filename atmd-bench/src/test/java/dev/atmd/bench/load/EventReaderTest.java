package dev.atmd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final String LINES =
      """
      {"type":"session_updated","session":{"id":"bench-1-000007","cost_usd":1000.0,"x":1}}
      {"type":"session_updated","session":{"id":"bench-2-000007","cost_usd":1000.001,"x":1}}
      {"type":"session_removed","session_id":"bench-1-000007"}
      {"type":"session_updated","session":{"id":"bench-1-000007","longer":"by a few bytes","cost_usd":1000.12,"x":1}}
      {"type":"session_updated","session":{"id":"bench-1-000008","cost_usd":1234.567}}
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 4_096})
  void findsTheUpdatesOfItsRunHoweverTheBytesAreSplit(int piece, @TempDir Path directory)
      throws IOException {
    var updates = new ArrayList<Integer>();
    var reader = new EventReader("bench-1-", (update, _) -> updates.add(update));

    readInPieces(reader, LINES.getBytes(StandardCharsets.UTF_8), piece, directory);

    assertThat(updates).isEqualTo(List.of(0, 120, 234_567));
  }

  private static void readInPieces(Reader reader, byte[] bytes, int piece, Path directory)
      throws IOException {
    var address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        var sender = SocketChannel.open(address);
        var receiver = server.accept()) {
      for (var at = 0; at < bytes.length; at += piece) {
        sender.write(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
        assertThat(reader.read(receiver)).isPositive();
      }
    }
  }
}
