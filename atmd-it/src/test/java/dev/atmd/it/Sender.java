package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code bin/atm-hook} may become, depending on what has been built. */
enum Sender {
  COMPILED,
  PERL;

  private static final TestDirectory BUILT = TestDirectory.create();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(BUILT::close));
  }

  /** Those that this machine has the programs for. */
  static List<Sender> all() {
    return Stream.of(values()).filter(Sender::isThere).toList();
  }

  /** The directory to find it in: {@code ATMD_CACHE_DIR}. */
  Path cache() {
    var cache = BUILT.path().resolve(name());
    try {
      if (this == COMPILED && Files.notExists(cache)) {
        var build = new ProcessBuilder(Hook.script(), "--build").redirectErrorStream(true);
        build.environment().put("ATMD_CACHE_DIR", cache.toString());
        var process = build.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new AssertionError("the sender is not built: " + output);
        }
      }
      return Files.createDirectories(cache);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while building the sender", e);
    }
  }

  private boolean isThere() {
    return Commands.has(this == COMPILED ? "cc" : "perl");
  }
}
