package dev.atmd.server.notify;

import dev.atmd.server.notify.Channel.CannotTell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that are run with their arguments as they are: no shell is between. */
final class Programs {
  private static final long PATIENCE_SECONDS = 10;

  /** More than any of them has to say that is of interest. */
  private static final int OUTPUT_BYTES = 4_096;

  private Programs() {}

  /** Whether there is such a program. */
  static boolean has(String name) {
    var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(":", -1)).anyMatch(each -> Files.isExecutable(Path.of(each, name)));
  }

  /** Runs one to its end and answers the beginning of what it has printed. */
  static String run(List<String> command, Map<String, String> variables, String input)
      throws IOException, CannotTell, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    var process = builder.start();
    try {
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // It may not want to hear all of it.
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "%s still ran after %d s".formatted(command.getFirst(), PATIENCE_SECONDS));
      }
      var output =
          new String(process.getInputStream().readNBytes(OUTPUT_BYTES), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ended with %d: %s"
                .formatted(
                    command.getFirst(),
                    process.exitValue(),
                    output.lines().findFirst().orElse("it said nothing")));
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
