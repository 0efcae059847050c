package dev.atmd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.bench.system.AtmDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The real {@code bin/atmd run} of this checkout, in a directory of its own. */
final class StartedDaemon implements AutoCloseable {
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Process process;
  private final Path socket;

  private StartedDaemon(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  static StartedDaemon in(Path directory) throws IOException {
    var socket = directory.resolve("a.sock");
    var output = directory.resolve("output");
    var builder =
        new ProcessBuilder(command(socket.toString(), directory.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ATM"));
    var daemon = new StartedDaemon(builder.start(), socket);
    daemon.await(output);
    return daemon;
  }

  /** How such a daemon is started: with no settings and no cache of anybody's. */
  static List<String> command(String socket, String directory) {
    // The tests of a module run in its directory.
    var checkout = Path.of("..").toAbsolutePath().normalize();
    return List.of(
        "env",
        "ATMD_NO_TRAINING=1",
        "ATMD_CACHE_DIR=" + directory + "/cache",
        "ATMD_CONFIG=/dev/null",
        "ATMD_JAVA_HOME=" + System.getProperty("java.home"),
        checkout.resolve("bin").resolve("atmd").toString(),
        "run",
        "--socket",
        socket,
        "--state-dir",
        directory);
  }

  Path socket() {
    return socket;
  }

  long pid() {
    return process.pid();
  }

  private void await(Path output) throws IOException {
    var deadline = System.nanoTime() + START_NANOS;
    while (!greets()) {
      assertThat(process.isAlive() && System.nanoTime() < deadline)
          .as("the daemon starts: %s", Files.readString(output))
          .isTrue();
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean greets() {
    try (var _ = AtmDaemon.connect(socket)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    var _ = process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
