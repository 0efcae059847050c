package dev.atmd.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersFileTest {
  @TempDir private Path directory;

  @Test
  void readsALineEach() throws IOException {
    var headers =
        file("# For the collector.\n\nAuthorization=Bearer a=b \r\nX-Scope-OrgID = 7\n").read();

    assertThat(headers).isEqualTo(Map.of("Authorization", "Bearer a=b", "X-Scope-OrgID", "7"));
  }

  @Test
  void isReadAnewEachTime() throws IOException {
    var headers = file("Authorization=old\n");
    assertThat(headers.read()).containsEntry("Authorization", "old");

    var _ = file("Authorization=new\n");

    assertThat(headers.read()).containsEntry("Authorization", "new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hunter2", "=hunter2", "X=", "X Y=hunter2", "X=hunter2\u0007", "X=hunter2é"})
  void saysWhichLineIsNoHeaderAndNotWhatItSays(String line) throws IOException {
    var headers = file("A=b\n" + line + "\n");

    assertThatThrownBy(headers::read)
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("line 2", "Authorization=Bearer TOKEN")
        .message()
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Content-Type", "Transfer-Encoding"})
  void leavesToTheExportWhatIsItsOwn(String name) throws IOException {
    var headers = file(name + "=hunter2\n");

    assertThatThrownBy(headers::read)
        .hasMessageContainingAll("line 1", name, "leave it out")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void noticesThatOthersCanReadIt() throws IOException {
    var headers = file("A=b\n");
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(headers.isOpen()).isTrue();

    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(headers.isOpen()).isFalse();
  }

  private HeadersFile file(String text) throws IOException {
    return new HeadersFile(Files.writeString(path(), text));
  }

  private Path path() {
    return directory.resolve("headers");
  }
}
