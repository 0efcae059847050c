package dev.atmd.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names the present run of the machine: start times of processes count from its beginning. */
final class BootId {
  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /** Empty where the machine does not say. */
  static String read() {
    try {
      return Files.readString(FILE).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
