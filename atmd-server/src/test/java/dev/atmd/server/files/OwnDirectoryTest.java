package dev.atmd.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.server.config.SocketPlace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDirectoryTest {
  @TempDir private Path place;

  @Test
  void makesADirectoryThatOnlyItsUserCanEnter() throws Exception {
    var made = place.resolve("a/b");

    OwnDirectory.makePrivate(made, uid());

    assertThat(mode(made)).isEqualTo("rwx------");
    assertThat(mode(place.resolve("a"))).isEqualTo("rwx------");
  }

  @Test
  void closesOneThatAnOlderProgramLeftOpen() throws Exception {
    var open = Files.createDirectory(place.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    OwnDirectory.makePrivate(open, uid());

    assertThat(mode(open)).isEqualTo("rwx------");
  }

  @Test
  void takesALinkOfItsOwn() throws Exception {
    var real = Files.createDirectory(place.resolve("real"));
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-xr-x"));

    OwnDirectory.makePrivate(Files.createSymbolicLink(place.resolve("link"), real), uid());

    assertThat(mode(real)).isEqualTo("rwx------");
  }

  @Test
  void refusesWhatBelongsToAnother() throws Exception {
    var foreign = Files.createDirectory(place.resolve("foreign"));
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> OwnDirectory.makePrivate(foreign, uid() + 1))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("belongs to another user");
    assertThat(mode(foreign)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void refusesASocketWhereAnybodyMayReplaceIt() throws Exception {
    var open = Files.createDirectory(place.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    var socket = new SocketPlace(open.resolve("atm.sock"), false);

    assertThatThrownBy(() -> SocketFile.claim(socket, uid()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("everybody may replace files");
  }

  @Test
  void acceptsASocketWhereEachMayReplaceOnlyTheirOwn() throws Exception {
    var sticky = Files.createDirectory(place.resolve("sticky"));
    Files.setAttribute(sticky, "unix:mode", 01777);

    SocketFile.claim(new SocketPlace(sticky.resolve("atm.sock"), false), uid()).close();

    assertThat(sticky.resolve("atm.sock")).doesNotExist();
  }

  @Test
  void createsAFileForItsUserAndFollowsNoLink() throws Exception {
    var file = place.resolve("file");
    OwnFiles.create(file, "text");
    var target = place.resolve("target");
    var link = Files.createSymbolicLink(place.resolve("link"), target);

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(file).hasContent("text");
    assertThatThrownBy(() -> OwnFiles.create(link, "text"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).doesNotExist();
  }

  private long uid() throws IOException {
    return Integer.toUnsignedLong((int) Files.getAttribute(place, "unix:uid"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
