package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebKeysTest {
  @TempDir private Path directory;

  @Test
  void keepsItsKeysForItsUserOnly() throws IOException {
    var made = WebKeys.open(directory);

    assertThat(WebKeys.open(directory)).isEqualTo(made);
    for (var name : new String[] {"web.key", "web.token"}) {
      assertThat(Files.getPosixFilePermissions(directory.resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void trustsNoLinkAndNothingShorter() throws IOException {
    var elsewhere = Files.writeString(directory.resolve("elsewhere"), "0".repeat(64));
    Files.createSymbolicLink(directory.resolve("web.key"), elsewhere);
    Files.writeString(directory.resolve("web.token"), "short");

    var keys = WebKeys.open(directory);

    assertThat(keys.key()).isNotEqualTo("0".repeat(64));
    assertThat(keys.metricsToken()).hasSize(64);
    assertThat(elsewhere).hasContent("0".repeat(64));
  }

  @Test
  void saysNothingOfThemInALog() {
    assertThat(new WebKeys("secret", "token")).hasToString("WebKeys");
  }
}
