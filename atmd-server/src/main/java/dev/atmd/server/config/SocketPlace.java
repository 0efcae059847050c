package dev.atmd.server.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the socket is.
 *
 * @param isDefault whether nobody named it, so that older clients will look elsewhere
 */
public record SocketPlace(Path path, boolean isDefault) {
  /** The configured path, else the one of the environment, else one that only this user can use. */
  static SocketPlace choose(String configured, Map<String, String> environment, long uid) {
    if (!configured.isEmpty()) {
      return new SocketPlace(Path.of(configured).toAbsolutePath(), false);
    }
    var named = environment.getOrDefault("ATM_SOCKET", "");
    if (!named.isEmpty()) {
      return new SocketPlace(Path.of(named).toAbsolutePath(), false);
    }
    var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    var directory = runtime.isEmpty() ? Path.of("/tmp", "atm-" + uid) : Path.of(runtime);
    return new SocketPlace(directory.resolve("atm.sock"), true);
  }
}
