package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where one daemon keeps everything; gone with it. */
record TestDirectory(Path path) implements AutoCloseable {
  static TestDirectory create() {
    try {
      return new TestDirectory(Files.createTempDirectory("atmd-it"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path socket() {
    return path.resolve("run").resolve("atm.sock");
  }

  Path state() {
    return path.resolve("state");
  }

  @Override
  public void close() {
    if (Files.notExists(path)) {
      return;
    }
    try (var all = Files.walk(path)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
