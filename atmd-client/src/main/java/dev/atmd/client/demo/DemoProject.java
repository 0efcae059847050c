package dev.atmd.client.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory that looks like a git repository, for agents to work in; gone when closed. */
final class DemoProject implements AutoCloseable {
  private final Path parent;
  private final Path directory;

  private DemoProject(Path parent, Path directory) {
    this.parent = parent;
    this.directory = directory;
  }

  static DemoProject create(String name, String branch) throws IOException {
    var parent = Files.createTempDirectory("atmd-demo-");
    var directory = Files.createDirectory(parent.resolve(name));
    var git = Files.createDirectory(directory.resolve(".git"));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/" + branch + "\n");
    return new DemoProject(parent, directory);
  }

  Path directory() {
    return directory;
  }

  /** Idempotent. */
  @Override
  public void close() {
    if (!Files.exists(parent)) {
      return;
    }
    try (var files = Files.walk(parent)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + parent, e);
    }
  }
}
