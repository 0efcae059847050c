package dev.atmd.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a process is, at one moment.
 *
 * @param residentBytes memory
 * @param threads how many
 * @param descriptors open files and sockets
 */
public record Vitals(long residentBytes, int threads, int descriptors) {
  /** Now; fails if it has ended. */
  public static Vitals of(ServerProcess process) throws IOException {
    return new Vitals(process.residentBytes(), entries(process, "task"), entries(process, "fd"));
  }

  private static int entries(ServerProcess process, String directory) throws IOException {
    try (var all = Files.list(Path.of("/proc/" + process.pid(), directory))) {
      return (int) all.count();
    }
  }
}
