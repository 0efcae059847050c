package dev.atmd.it;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The source checkout that these tests stand in. */
final class Checkout {
  private Checkout() {}

  static Path root() {
    for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("bin").resolve("atmd"))) {
        return at;
      }
    }
    throw new AssertionError("no bin/atmd above " + Path.of("").toAbsolutePath());
  }
}
