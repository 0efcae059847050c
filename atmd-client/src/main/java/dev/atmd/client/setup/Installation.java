package dev.atmd.client.setup;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where this program stands: the sender in {@code bin}, the reporters in {@code config/agents}.
 *
 * @param home the directory that holds both
 */
public record Installation(Path home) {
  private static final String LAUNCHER = "ATMD_LAUNCHER";

  /** One file of C takes a second. */
  private static final int BUILD_SECONDS = 30;

  /** As {@code bin/atm} says, which started this process; else around the running code. */
  public static Optional<Installation> find(Map<String, String> environment) {
    var launcher = environment.getOrDefault(LAUNCHER, "");
    if (!launcher.isEmpty()) {
      return Optional.ofNullable(Path.of(launcher).getParent())
          .map(Path::getParent)
          .map(Installation::new);
    }
    for (@Nullable Path at = code(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("bin").resolve("atm"))) {
        return Optional.of(new Installation(at));
      }
    }
    return Optional.empty();
  }

  private static @Nullable Path code() {
    try {
      var source = Installation.class.getProtectionDomain().getCodeSource();
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException _) {
      return null;
    }
  }

  Sender sender() {
    return new Sender(home.resolve("bin").resolve(Sender.NAME));
  }

  Reporters reporters() {
    return new Reporters(home.resolve("config").resolve("agents"));
  }

  /**
   * Has the sender compile its faster self, which it does where there is a compiler.
   *
   * @return where that is; nothing if there is none, which costs some milliseconds per event
   */
  public Optional<Path> buildSender(Map<String, String> environment) {
    var builder = new ProcessBuilder(sender().program().toString(), "--build");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      var process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.isBlank() ? Optional.empty() : Optional.of(Path.of(said.strip()));
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether what settings files will call is there. */
  public boolean isComplete() {
    return Files.isExecutable(sender().program());
  }
}
