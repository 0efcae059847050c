package dev.atmd.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  private static final Path SOCKET = Path.of("/run/atm.sock");

  @TempDir private Path directory;

  @Test
  void namesThisProcessWhileItIsHeld() throws Exception {
    var file = directory.resolve("state/atmd.pid");

    try (var held = PidFile.take(file, SOCKET)) {
      assertThat(file).doesNotExist();
      held.announce();
      assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesASecondDaemonAndNamesTheFirst() throws Exception {
    var file = directory.resolve("atmd.pid");

    try (var first = PidFile.take(file, SOCKET)) {
      first.announce();
      assertThatThrownBy(() -> PidFile.take(file, SOCKET))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("PID " + ProcessHandle.current().pid());
    }
  }

  @Test
  void believesNoFileThatNobodyHolds() throws Exception {
    var file = directory.resolve("atmd.pid");
    Files.writeString(file, Long.toString(ProcessHandle.current().pid()));

    assertThat(PidFile.running(file)).isEmpty();
  }

  @Test
  void canBeTakenAgainAfterACrash() throws Exception {
    var file = directory.resolve("atmd.pid");
    Files.writeString(file, "1");

    try (var held = PidFile.take(file, SOCKET)) {
      assertThat(file).doesNotExist();
      held.announce();
      assertThat(file).content().isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
  }
}
