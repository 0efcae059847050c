package dev.atmd.server.config;

import java.nio.file.Path;
import java.util.Map;

/** Where senders put events down while no daemon listens. They find it without its settings. */
final class SpoolPlace {
  private SpoolPlace() {}

  /**
   * The configured directory, else the one of the environment, else one beside a socket that was
   * named, else one among the usual state.
   *
   * @param usualState where the daemon keeps its files unless told otherwise
   */
  static Path choose(
      String configured, SocketPlace socket, Map<String, String> environment, Path usualState) {
    if (!configured.isEmpty()) {
      return Path.of(configured).toAbsolutePath();
    }
    var named = environment.getOrDefault("ATM_SPOOL", "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath();
    }
    return socket.isDefault()
        ? usualState.resolve("spool")
        : socket.path().resolveSibling(socket.path().getFileName() + ".spool");
  }
}
