package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the daemon leaves on the disk is for its user alone. */
class PrivateFilesTest {
  @Test
  void everythingIsForItsUserAlone() throws IOException {
    try (var files = TestDirectory.create();
        var daemon = ProcessDaemon.start(files)) {
      try (var client = daemon.greeted()) {
        client.send("no message");
        client.list();
      }

      var modes = new TreeMap<String, String>();
      modes.putAll(modes(files.state()));
      modes.putAll(modes(files.path().resolve("run")));

      assertThat(modes).containsKeys("state", "atmd.pid", "run", "atm.sock");
      assertThat(modes.keySet()).anyMatch(name -> name.endsWith(".log"));
      modes.forEach((name, mode) -> assertThat(mode).as(name).matches("rw(x|-)------"));
      assertThat(modes.get("state")).isEqualTo("rwx------");
      assertThat(modes.get("run")).isEqualTo("rwx------");
    }
  }

  private static Map<String, String> modes(Path directory) throws IOException {
    var modes = new TreeMap<String, String>();
    try (var all = Files.walk(directory)) {
      for (var path : all.toList()) {
        modes.put(
            path.getFileName().toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return modes;
  }
}
