package dev.atmd.bench.measure;

import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.AtmDaemon;
import dev.atmd.bench.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** From starting a command to the first hello that is answered. */
public final class StartUp implements Measurement {
  private static final long POLL_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final double MEBIBYTE = 1 << 20;

  private final Map<Of, String> commands = new EnumMap<>(Of.class);

  /**
   * @param daemon a shell command in which {@code {socket}} and {@code {dir}} stand for a place of
   *     its own; $ATM_SOCKET is the socket as well
   * @param against the same of the peer
   */
  public StartUp(@Nullable String daemon, @Nullable String against) {
    if (daemon != null) {
      commands.put(Of.DAEMON, daemon);
    }
    if (against != null) {
      commands.put(Of.AGAINST, against);
    }
  }

  @Override
  public void run(Field field, Sizes sizes, Report report) throws InterruptedException {
    Rounds.<String>run(
        sizes.rounds(),
        commands,
        of -> columns(report, of),
        (of, command, warmingUp) -> measure(command, warmingUp ? List.of() : columns(report, of)));
  }

  private static List<Column> columns(Report report, Of of) {
    return List.of(
        Column.less(report, "start to first hello", "ms", of),
        Column.less(report, "resident when started", "MiB", of));
  }

  private static void measure(String command, List<Column> columns)
      throws IOException, InterruptedException {
    var directory = Files.createTempDirectory("atmd-bench");
    var socket = directory.resolve("a.sock");
    var text =
        command.replace("{socket}", socket.toString()).replace("{dir}", directory.toString());
    var builder = new ProcessBuilder("sh", "-c", "exec " + text).redirectErrorStream(true);
    builder.redirectOutput(directory.resolve("output").toFile());
    builder.environment().put("ATM_SOCKET", socket.toString());
    var start = System.nanoTime();
    var process = builder.start();
    try {
      awaitHello(socket, start, process);
      var millis = (System.nanoTime() - start) / 1e6;
      var resident = ServerProcess.behind(socket).residentBytes() / MEBIBYTE;
      if (!columns.isEmpty()) {
        columns.getFirst().add(millis, 0);
        columns.getLast().add(resident, 0);
      }
    } finally {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        var _ = process.destroyForcibly().waitFor();
      }
      delete(directory);
    }
  }

  private static void awaitHello(Path socket, long start, Process process) throws IOException {
    while (!greets(socket)) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
        var output = Files.readString(socket.resolveSibling("output"));
        throw new IOException("does not start: " + output);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean greets(Path socket) {
    try (var _ = AtmDaemon.connect(socket)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
