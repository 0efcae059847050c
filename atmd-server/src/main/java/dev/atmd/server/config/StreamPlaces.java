package dev.atmd.server.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where harnesses are that the daemon listens to by itself; null is one that it does not.
 *
 * @param codex the socket of the app-server
 */
public record StreamPlaces(@Nullable Path codex, @Nullable OpenCode openCode) {
  /** Stands for the place that the harness itself uses. */
  static final String DEFAULT = "default";

  /** Where OpenCode's server is. */
  public sealed interface OpenCode {
    /** At a known address, where it asks for no password. */
    record At(LoopbackUrl url) implements OpenCode {}

    /** Where this file of it says, which may come, change and go. */
    record Registered(Path file) implements OpenCode {}
  }

  /** The texts are what the settings accept. */
  static StreamPlaces choose(String codex, String openCode, Map<String, String> environment) {
    return new StreamPlaces(codex(codex, environment), openCode(openCode, environment));
  }

  private static @Nullable Path codex(String configured, Map<String, String> environment) {
    if (configured.isEmpty()) {
      return null;
    }
    return configured.equals(DEFAULT)
        ? directory(environment, "CODEX_HOME", ".codex")
            .resolve("app-server-control")
            .resolve("app-server-control.sock")
        : Path.of(configured);
  }

  private static @Nullable OpenCode openCode(String configured, Map<String, String> environment) {
    if (configured.isEmpty()) {
      return null;
    }
    if (configured.equals(DEFAULT)) {
      return new OpenCode.Registered(
          directory(environment, "XDG_STATE_HOME", ".local/state")
              .resolve("opencode")
              .resolve("service.json"));
    }
    return LoopbackUrl.parse(configured)
        .<OpenCode>map(OpenCode.At::new)
        .orElseGet(() -> new OpenCode.Registered(Path.of(configured)));
  }

  private static Path directory(Map<String, String> environment, String variable, String inHome) {
    var named = environment.getOrDefault(variable, "");
    return named.startsWith("/")
        ? Path.of(named)
        : Path.of(environment.getOrDefault("HOME", "/")).resolve(inHome);
  }
}
