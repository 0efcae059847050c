package dev.atmd.server.cli;

import dev.atmd.server.config.ConfigException;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.config.EffectiveConfig;
import dev.atmd.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which every command finds its configuration. */
final class ConfigOptions {
  @Option(names = "--socket", paramLabel = "PATH", description = "The Unix socket of the daemon.")
  @Nullable String socket;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  @Nullable Path file;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where the pid file and the log are kept.")
  @Nullable String stateDir;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warning, info or debug.")
  @Nullable String logLevel;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any other setting, such as limits.sessions=500; may be repeated.")
  Map<String, String> settings = new LinkedHashMap<>();

  ConfigOptions() {}

  /** Has everything that is not placed elsewhere kept in this directory. */
  void placeIn(Path directory) {
    socket = socket == null ? directory.resolve("atm.sock").toString() : socket;
    stateDir = stateDir == null ? directory.toString() : stateDir;
  }

  EffectiveConfig effective() throws ConfigException {
    var flags = new LinkedHashMap<>(settings);
    put(flags, Setting.SOCKET_PATH, socket);
    put(flags, Setting.STATE_DIR, stateDir);
    put(flags, Setting.LOG_LEVEL, logLevel);
    return EffectiveConfig.read(file, System.getenv(), flags);
  }

  DaemonConfig daemon() throws ConfigException, IOException {
    return DaemonConfig.of(effective(), System.getenv(), ownUid());
  }

  /** The same options as arguments for another process. */
  List<String> asArguments() {
    var arguments = new ArrayList<String>();
    add(arguments, "--socket", socket);
    add(arguments, "--config", file);
    add(arguments, "--state-dir", stateDir);
    add(arguments, "--log-level", logLevel);
    settings.forEach((key, value) -> add(arguments, "--set", key + "=" + value));
    return arguments;
  }

  private static void put(Map<String, String> flags, Setting setting, @Nullable String value) {
    if (value != null) {
      flags.put(setting.key(), value);
    }
  }

  private static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }

  /** The user who runs this process: /proc/self belongs to that user. */
  private static long ownUid() throws IOException {
    var self = Path.of("/proc/self");
    var own = Files.exists(self) ? self : Path.of(System.getProperty("user.home"));
    return Integer.toUnsignedLong((int) Files.getAttribute(own, "unix:uid"));
  }
}
