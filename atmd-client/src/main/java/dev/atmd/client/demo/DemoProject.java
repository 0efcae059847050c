package dev.atmd.client.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.locks.ReentrantLock;

/** A directory that looks like a git repository, for agents to work in; gone when closed. */
final class DemoProject implements AutoCloseable {
  private final Path parent;
  private final Path directory;
  private final ReentrantLock deleting = new ReentrantLock();

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

  /** Idempotent; whoever comes second waits for the first, who may be cut short by the exit. */
  @Override
  public void close() {
    deleting.lock();
    try {
      if (Files.exists(parent)) {
        delete();
      }
    } finally {
      deleting.unlock();
    }
  }

  private void delete() {
    try (var files = Files.walk(parent)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + parent, e);
    }
  }
}
