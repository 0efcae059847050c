package dev.atmd.server.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.server.config.LoopbackUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceFileTest {
  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("service.json"), text);
  }

  @Test
  void saysWhereTheServiceIs() throws IOException {
    var url = LoopbackUrl.parse("http://127.0.0.1:4096").orElseThrow();

    assertThat(ServiceFile.read(file("{\"url\":\"http://127.0.0.1:4096\",\"password\":\"x\"}")))
        .isEqualTo(new ServiceFile(url, "x"));
    assertThat(ServiceFile.read(file("{\"url\":\"http://localhost:4096\"}")))
        .isEqualTo(new ServiceFile(url, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"password\":\"hidden",
        "{\"url\":hidden}",
        "[]",
        "{\"url\":\"http://example.org\",\"password\":\"hidden\"}"
      })
  void isOfNoUseOtherwiseAndKeepsThePasswordToItself(String text) throws IOException {
    var file = file(text);

    assertThatThrownBy(() -> ServiceFile.read(file))
        .isInstanceOf(UncheckedIOException.class)
        .message()
        .doesNotContain("hidden");
  }

  @Test
  void mayBeAbsent() {
    assertThatThrownBy(() -> ServiceFile.read(directory.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("NoSuchFileException");
  }
}
