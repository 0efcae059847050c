package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Where one daemon keeps everything. When it is closed, what runs in it ends. */
final class TestDirectory implements AutoCloseable {
  private final Path path;
  private final Queue<Process> processes = new ConcurrentLinkedQueue<>();

  private TestDirectory(Path path) {
    this.path = path;
  }

  static TestDirectory create() {
    try {
      return new TestDirectory(Files.createTempDirectory("atmd-it"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something runs in it, which must not outlive it whatever becomes of the test. */
  void runs(Process process) {
    processes.add(process);
  }

  Path path() {
    return path;
  }

  Path socket() {
    return path.resolve("run").resolve("atm.sock");
  }

  Path state() {
    return path.resolve("state");
  }

  @Override
  public void close() {
    processes.forEach(TestDirectory::end);
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

  private static void end(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
