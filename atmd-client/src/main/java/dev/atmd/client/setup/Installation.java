package dev.atmd.client.setup;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where this program stands: the sender in {@code bin}, the reporters in {@code config/agents}.
 *
 * @param home the directory that holds both
 */
public record Installation(Path home) {
  private static final String LAUNCHER = "ATMD_LAUNCHER";

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

  /** Whether what settings files will call is there. */
  public boolean isComplete() {
    return Files.isExecutable(sender().program());
  }
}
