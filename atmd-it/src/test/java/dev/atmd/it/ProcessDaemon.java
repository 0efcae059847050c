package dev.atmd.it;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real {@code bin/atmd run} of this checkout. */
final class ProcessDaemon implements TestDaemon {
  private final Process process;
  private final TestDirectory directory;

  private ProcessDaemon(Process process, TestDirectory directory) {
    this.process = process;
    this.directory = directory;
  }

  static ProcessDaemon start(String... settings) {
    return start(TestDirectory.create(), settings);
  }

  /** Starts one in this directory and waits until it can be connected to. */
  static ProcessDaemon start(TestDirectory directory, String... settings) {
    return launched(directory, command(directory, settings)).awaitSocket();
  }

  /** Starts one whose user has this home. */
  static ProcessDaemon startAtHome(Path home, String... settings) {
    var directory = TestDirectory.create();
    var command =
        new ArrayList<>(List.of("env", "-u", "CODEX_HOME", "-u", "XDG_STATE_HOME", "HOME=" + home));
    command.addAll(command(directory, settings));
    return launched(directory, command).awaitSocket();
  }

  /** Starts one with a small number of file descriptors. */
  static ProcessDaemon startWithDescriptors(int count) {
    var directory = TestDirectory.create();
    var command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + count + "; exec \"$@\"", "sh"));
    command.addAll(command(directory));
    return launched(directory, command).awaitSocket();
  }

  /** Starts one whose files may not become larger than this, for the time being. */
  static ProcessDaemon startWithFileBytes(int bytes) {
    var directory = TestDirectory.create();
    var command =
        new ArrayList<>(List.of("prlimit", "--fsize=" + bytes + ":unlimited", "--", "env"));
    command.addAll(command(directory));
    return launched(directory, command).awaitSocket();
  }

  /** Starts one with variables of the environment, such as {@code LD_PRELOAD=/x.so}. */
  static ProcessDaemon startWith(TestDirectory directory, String... variables) {
    var command = new ArrayList<String>();
    command.add("env");
    command.addAll(List.of(variables));
    command.addAll(command(directory));
    return launched(directory, command).awaitSocket();
  }

  /** Its files may become as large as they like from now on. */
  void allowAnyFileSize() {
    Commands.run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:unlimited");
  }

  /** Starts one that is expected not to live. */
  static ProcessDaemon startInVain(TestDirectory directory, Path socket, String... settings) {
    return launched(directory, command(directory, socket, settings));
  }

  /** Starts {@code bin/atmd start}, which ends when a daemon of its own runs or cannot. */
  static ProcessDaemon startInBackground(TestDirectory directory, Path socket) {
    var command = command(directory, socket);
    command.set(1, "start");
    return launched(directory, command);
  }

  private static List<String> command(TestDirectory directory, String... settings) {
    return command(directory, directory.socket(), settings);
  }

  private static List<String> command(TestDirectory directory, Path socket, String... settings) {
    var command = new ArrayList<String>();
    command.add(Checkout.root().resolve("bin").resolve("atmd").toString());
    command.add("run");
    command.addAll(List.of("--socket", socket.toString()));
    command.addAll(List.of("--state-dir", directory.state().toString()));
    Arrays.stream(settings).forEach(setting -> command.addAll(List.of("--set", setting)));
    return command;
  }

  private static ProcessDaemon launched(TestDirectory directory, List<String> command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output(directory).toFile()));
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("ATM"));
    environment.put("ATMD_NO_TRAINING", "1");
    environment.put("ATMD_CACHE_DIR", directory.path().resolve("cache").toString());
    environment.put("ATMD_CONFIG", "/dev/null");
    environment.put("ATMD_JAVA_HOME", System.getProperty("java.home"));
    try {
      var process = builder.start();
      directory.runs(process);
      return new ProcessDaemon(process, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path output(TestDirectory directory) {
    return directory.path().resolve("output");
  }

  private ProcessDaemon awaitSocket() {
    Waiting.until("the daemon can be connected to", () -> isAnswered() || !isAlive());
    if (!isAlive()) {
      fail("the daemon does not start: %s", output());
    }
    return this;
  }

  private boolean isAnswered() {
    try (var client = connect()) {
      return !client.hasEnded();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed. */
  String output() {
    try {
      return Files.readString(output(directory));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  long pid() {
    return process.pid();
  }

  TestDirectory files() {
    return directory;
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGSTOP: it hangs, and its socket stays. */
  void freeze() {
    Commands.run("kill", "-STOP", Long.toString(process.pid()));
  }

  /** Sends SIGCONT. */
  void thaw() {
    Commands.run("kill", "-CONT", Long.toString(process.pid()));
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() {
    process.destroyForcibly();
    awaitExit(TestClient.PATIENCE.toMillis());
  }

  /** Waits for the end and answers the exit code. */
  int awaitExit(long millis) {
    try {
      if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
        fail("the daemon still runs after %d ms; it said: %s", millis, output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the daemon to end", e);
    }
  }

  @Override
  public Path socket() {
    return directory.socket();
  }

  @Override
  public Path directory() {
    return directory.path();
  }

  @Override
  public void close() {
    directory.close();
  }
}
