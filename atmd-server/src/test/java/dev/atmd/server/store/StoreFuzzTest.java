package dev.atmd.server.store;

import static dev.atmd.server.store.KeptSessions.NOON;
import static dev.atmd.server.store.KeptSessions.bare;
import static dev.atmd.server.store.KeptSessions.changed;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/** Whatever stands in the file: the daemon starts, and can write afterwards. */
class StoreFuzzTest {
  /** Any text in the place of a session costs only that session. */
  @FuzzTest(maxDuration = "10m")
  void readsAnySession(byte[] input) throws Exception {
    var directory = Files.createTempDirectory("atmd-fuzz");
    try {
      var writer = writer(directory);
      writer.write(changed(bare("whole")), NOON);
      writer.close();
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file(directory));
          var put = connection.prepareStatement("INSERT INTO live VALUES ('any', ?)")) {
        Rows.run(put, new String(input, StandardCharsets.UTF_8));
      }

      assertWritable(directory);
    } finally {
      delete(directory);
    }
  }

  /** A file that is no database, or one with holes in it. */
  @FuzzTest(maxDuration = "10m")
  void opensAnyFile(byte[] input) throws Exception {
    var directory = Files.createTempDirectory("atmd-fuzz");
    try {
      Files.write(file(directory), input);

      assertWritable(directory);
    } finally {
      delete(directory);
    }
  }

  private static void assertWritable(Path directory) throws SQLException, IOException {
    var writer = writer(directory);
    var _ = writer.restore(NOON);
    writer.write(changed(bare("a")), NOON);
    writer.close();

    var next = writer(directory);
    assertThat(next.restore(NOON).sessions()).contains(bare("a"));
    next.close();
  }

  private static StoreWriter writer(Path directory) {
    return new StoreWriter(
        new Database(file(directory)),
        StoreWriterTest.CONFIG,
        UnaryOperator.identity(),
        3,
        "boot-1");
  }

  private static Path file(Path directory) {
    return directory.resolve("atmd.db");
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
