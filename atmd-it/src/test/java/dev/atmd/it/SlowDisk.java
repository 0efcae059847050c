package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A library that, put before all others, holds up every flush to the disk while the file {@code
 * hold} is there.
 */
final class SlowDisk {
  private static final String SOURCE =
      """
      #define _GNU_SOURCE
      #include <time.h>
      #include <unistd.h>
      #include <sys/syscall.h>

      static void wait_for_it(void) {
        struct timespec pause = {0, 10000000};
        while (access("{hold}", F_OK) == 0) nanosleep(&pause, NULL);
      }

      int fsync(int fd) { wait_for_it(); return (int) syscall(SYS_fsync, fd); }
      int fdatasync(int fd) { wait_for_it(); return (int) syscall(SYS_fdatasync, fd); }
      """;

  private SlowDisk() {}

  /** Builds it in this directory, where it also looks for the file. */
  static Path library(Path directory) {
    try {
      var source =
          Files.writeString(
              directory.resolve("slow.c"),
              SOURCE.replace("{hold}", directory.resolve("hold").toString()));
      var library = directory.resolve("slow.so");
      Commands.run("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString());
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
