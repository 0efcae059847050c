package dev.atmd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonOwnerTest {
  private static final UserPrincipal ROOT = user("0");
  private static final UserPrincipal SELF = user("54321");
  private static final UserPrincipal STRANGER = user("54322");

  @TempDir private Path directory;

  private static UserPrincipal user(String number) {
    try {
      var users = FileSystems.getDefault().getUserPrincipalLookupService();
      return users.lookupPrincipalByName(number);
    } catch (IOException e) {
      throw new AssertionError("no user " + number, e);
    }
  }

  @Test
  void trustsItsOwnUserAndRootAndNobodyElse() {
    assertThat(DaemonOwner.isTrusted(user("54321"), SELF, ROOT)).isTrue();
    assertThat(DaemonOwner.isTrusted(ROOT, SELF, ROOT)).isTrue();
    assertThat(DaemonOwner.isTrusted(STRANGER, SELF, ROOT)).isFalse();
    assertThat(DaemonOwner.isTrusted(SELF, ROOT, ROOT)).isFalse();
  }

  @Test
  void acceptsADaemonOfItsOwn() throws Exception {
    var socket = directory.resolve("d.sock");
    try (var _ = FakeDaemon.at(socket, FakeDaemon.Peer::readLine);
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));

      assertThatCode(() -> DaemonOwner.require(channel, socket)).doesNotThrowAnyException();
    }
  }
}
