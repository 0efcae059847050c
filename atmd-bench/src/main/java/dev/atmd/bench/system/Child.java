package dev.atmd.bench.system;

import dev.atmd.bench.load.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that the bench has started, in a temporary directory that goes with it. */
final class Child implements Closeable {
  private static final long START_MILLIS = 10_000;
  private static final long POLL_MILLIS = 10;
  private static final long STOP_SECONDS = 5;

  private final Path directory;
  private final Process process;

  private Child(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** A directory for a server: short, since the path of a socket may be. */
  static Path directory() throws IOException {
    return Files.createTempDirectory("atmd-bench");
  }

  /** Starts it and waits until it can be connected to. */
  static Child start(Path directory, SocketAddress address, List<String> command)
      throws IOException {
    var log = directory.resolve("log").toFile();
    var process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    var child = new Child(directory, process);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    try {
      child.await(address);
    } catch (IOException e) {
      child.close();
      throw e;
    }
    return child;
  }

  /** Starts a program of the bench's own jar, with the flags that the daemon has. */
  static Child startJava(
      Path directory, SocketAddress address, Class<?> program, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms56m",
            "-Xmn36m",
            "-XX:SurvivorRatio=4",
            "-Xmx448m",
            "-Dio.netty.allocator.type=pooled",
            "-Dio.netty.leakDetection.level=disabled",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            absoluteClassPath(),
            program.getName()));
    command.addAll(List.of(arguments));
    return start(directory, address, command);
  }

  /** Whether a program of that name is installed. */
  static boolean isInstalled(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  ServerProcess process() {
    return new ServerProcess(process.pid());
  }

  private static String absoluteClassPath() {
    var places =
        List.of(System.getProperty("java.class.path").split(":")).stream()
            .map(place -> Path.of(place).toAbsolutePath().toString())
            .toList();
    return String.join(":", places);
  }

  private void await(SocketAddress address) throws IOException {
    var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    while (!accepts(address)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("does not start: " + Files.readString(directory.resolve("log")));
      }
      pause();
    }
  }

  private static boolean accepts(SocketAddress address) {
    try (var _ = Wire.connect(address)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
