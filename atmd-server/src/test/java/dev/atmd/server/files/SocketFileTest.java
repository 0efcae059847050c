package dev.atmd.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.server.config.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  private static final long UID = 0;

  @TempDir private Path directory;

  private Path path;

  @BeforeEach
  void aPlace() {
    path = directory.resolve("run/atm.sock");
  }

  @Test
  void makesADirectoryThatOnlyItsOwnerCanEnter() throws Exception {
    try (var _ = claim()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void letsOnlyTheOwnerUseTheSocketAndRemovesItAtTheEnd() throws Exception {
    try (var socket = claim();
        var _ = listen(socket.unnamed())) {
      assertThat(path).doesNotExist();
      socket.bound();
      assertThat(socket.unnamed()).doesNotExist();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void removesNothingThatHasComeInItsPlace() throws Exception {
    try (var socket = claim();
        var _ = listen(socket.unnamed())) {
      assertThat(path).doesNotExist();
      socket.bound();
      assertThat(socket.unnamed()).doesNotExist();
      Files.move(path, directory.resolve("moved.sock"));
      Files.writeString(path, "another's");
    }
    assertThat(path).hasContent("another's");
  }

  @Test
  void takesNoNameThatAnotherHasTakenMeanwhile() throws Exception {
    try (var socket = claim();
        var _ = listen(socket.unnamed());
        var _ = listen()) {
      assertThatThrownBy(socket::bound).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(path).exists();
  }

  @Test
  void refusesAPlaceThatIsHeld() throws Exception {
    try (var _ = claim()) {
      assertThatThrownBy(this::claim)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("already listens");
    }
  }

  @Test
  void refusesToStealFromADaemonThatHoldsNoLock() throws Exception {
    Files.createDirectories(path.getParent());
    try (var _ = listen()) {
      assertThatThrownBy(this::claim)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("already listens");
      assertThat(path).exists();
    }
  }

  @Test
  void replacesADeadSocket() throws Exception {
    Files.createDirectories(path.getParent());
    listen().close();
    assertThat(path).exists();

    try (var _ = claim()) {
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void leavesAFileAloneThatIsNoSocketAndEverythingBesideIt() throws Exception {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "precious");

    assertThatThrownBy(this::claim)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no socket");

    assertThat(path).hasContent("precious");
    assertThat(path.getParent()).isDirectoryNotContaining("glob:**.lock");
  }

  @Test
  void refusesAPathThatIsTooLongForASocket() {
    path = directory.resolve("x".repeat(110));

    assertThatThrownBy(this::claim)
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("Failed to setup socket", "107");
  }

  private SocketFile claim() throws IOException, StartException {
    return SocketFile.claim(new SocketPlace(path, false), UID);
  }

  private ServerSocketChannel listen() throws IOException {
    return listen(path);
  }

  private static ServerSocketChannel listen(Path at) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(at));
    return server;
  }
}
