package dev.atmd.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories whose git files lead somewhere else, never end, or are no files. */
final class GitTraps {
  /** What must not be seen anywhere. */
  static final String SECRET = "ref: hunter2-AKIAIOSFODNN7EXAMPLE";

  private GitTraps() {}

  static void lay(Path traps) {
    try {
      var secret = Files.writeString(traps.resolve("secret-file"), SECRET);
      Files.createDirectory(traps.resolve("keys"));
      Files.writeString(traps.resolve("keys/HEAD"), SECRET);
      mkfifo(git(traps, "fifo").resolve("HEAD"));
      mkfifo(Files.createDirectory(traps.resolve("gitfifo")).resolve(".git"));
      Files.createSymbolicLink(git(traps, "zero").resolve("HEAD"), Path.of("/dev/zero"));
      Files.createSymbolicLink(git(traps, "secret").resolve("HEAD"), secret);
      Files.createDirectory(git(traps, "head-is-a-directory").resolve("HEAD"));
      var loop = Files.createDirectory(traps.resolve("loop"));
      Files.createSymbolicLink(loop.resolve(".git"), loop.resolve(".git"));
      pointer(traps, "gitdir", traps.resolve("keys").toString());
      pointer(traps, "spoofed", "/etc");
      try (var huge = new RandomAccessFile(git(traps, "huge").resolve("HEAD").toFile(), "rw")) {
        huge.setLength(1L << 30);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path git(Path traps, String name) throws IOException {
    return Files.createDirectories(traps.resolve(name).resolve(".git"));
  }

  private static void pointer(Path traps, String name, String target) throws IOException {
    var directory = Files.createDirectory(traps.resolve(name));
    Files.writeString(directory.resolve(".git"), "gitdir: " + target + "\n");
  }

  private static void mkfifo(Path path) throws IOException {
    try {
      if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
        throw new IOException("mkfifo failed for " + path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
