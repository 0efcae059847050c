package dev.atmd.it;

import dev.atmd.server.Daemon;
import dev.atmd.server.config.ConfigException;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.config.EffectiveConfig;
import dev.atmd.server.files.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A daemon in the JVM of the tests. */
final class InProcessDaemon implements TestDaemon {
  private static final Path NO_FILE = Path.of("/dev/null");

  /** Held here because the JDK forgets the level of a logger that nobody holds. */
  private static final Logger LOGS = Logger.getLogger("dev.atmd");

  private final Daemon daemon;
  private final TestDirectory directory;

  private InProcessDaemon(Daemon daemon, TestDirectory directory) {
    this.daemon = daemon;
    this.directory = directory;
  }

  static InProcessDaemon start(String... settings) {
    return start(TestDirectory.create(), settings);
  }

  /** Starts one in this directory. */
  static InProcessDaemon start(TestDirectory directory, String... settings) {
    LOGS.setLevel(Level.SEVERE);
    var flags = new HashMap<String, String>();
    flags.put("socket.path", directory.socket().toString());
    flags.put("state.dir", directory.state().toString());
    for (var setting : settings) {
      var parts = setting.split("=", 2);
      flags.put(parts[0], parts[1]);
    }
    try {
      var uid = ((Integer) Files.getAttribute(directory.path(), "unix:uid")).longValue();
      var config = DaemonConfig.of(EffectiveConfig.read(NO_FILE, Map.of(), flags), Map.of(), uid);
      return new InProcessDaemon(Daemon.start(config, Clock.systemUTC()), directory);
    } catch (IOException | StartException | ConfigException e) {
      throw new AssertionError("the daemon does not start", e);
    }
  }

  @Override
  public Path socket() {
    return daemon.socket();
  }

  /** Where a browser can look, logged in. */
  String dashboard() {
    return daemon.dashboard().orElseThrow();
  }

  @Override
  public Path directory() {
    return directory.path();
  }

  /** Ends it as SIGTERM would, and leaves its files. */
  void stop() {
    try {
      daemon.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    directory.close();
  }
}
