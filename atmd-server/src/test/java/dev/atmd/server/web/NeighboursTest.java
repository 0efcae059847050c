package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {
  private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");
  private static final InetSocketAddress PEER = new InetSocketAddress(LOCAL, 0xD2F2);
  private static final InetSocketAddress OWN = new InetSocketAddress(LOCAL, 7_717);
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

  @TempDir private Path directory;

  @Test
  void knowsWhoHoldsARealConnection() throws IOException {
    var neighbours = new Neighbours(Path.of("/proc/net"));
    try (var server = new ServerSocket(0, 1, LOCAL);
        var client = new Socket(LOCAL, server.getLocalPort());
        var accepted = server.accept()) {
      var owner =
          neighbours.owner(
              (InetSocketAddress) accepted.getRemoteSocketAddress(),
              (InetSocketAddress) accepted.getLocalSocketAddress());

      var uid = ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
      assertThat(client.isConnected()).isTrue();
      assertThat(owner).hasValue(uid);
    }
  }

  /** What a process has let go of is said to be root's, which it is not. */
  @ParameterizedTest
  @CsvSource({"01, true", "08, true", "04, false", "05, false", "06, false"})
  void believesOnlyWhatIsHeld(String state, boolean isBelieved) throws IOException {
    table("tcp", row("0100007F:D2F2", "0100007F:1E25", state, 1_000));

    assertThat(new Neighbours(directory).owner(PEER, OWN).isPresent()).isEqualTo(isBelieved);
  }

  @Test
  void looksForTheOtherEndOnly() throws IOException {
    table(
        "tcp",
        row("0100007F:1E25", "0100007F:D2F2", "01", 1)
            + row("0100007F:D2F3", "0100007F:1E25", "01", 2)
            + row("0200007F:D2F2", "0100007F:1E25", "01", 3));

    assertThat(new Neighbours(directory).owner(PEER, OWN)).isEmpty();
  }

  @Test
  void findsAProgramThatSpeaksTheNewerProtocol() throws IOException {
    table("tcp", "");
    table(
        "tcp6",
        row(
            "0000000000000000FFFF00000100007F:D2F2",
            "0000000000000000FFFF00000100007F:1E25",
            "01",
            1_001));

    assertThat(new Neighbours(directory).owner(PEER, OWN)).hasValue(1_001);
  }

  @Test
  void cannotTellWhereTheKernelDoesNot() {
    assertThat(new Neighbours(directory).canTell()).isFalse();
  }

  private void table(String name, String rows) throws IOException {
    Files.writeString(directory.resolve(name), HEADER + rows);
  }

  private static String row(String local, String remote, String state, int uid) {
    return "   7: %s %s %s 00000000:00000000 00:00000000 00000000 %5d        0 1 1\n"
        .formatted(local, remote, state, uid);
  }
}
