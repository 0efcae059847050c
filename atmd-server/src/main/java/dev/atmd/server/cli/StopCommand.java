package dev.atmd.server.cli;

import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.files.PidFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the daemon that runs, and nothing else. */
@Command(
    name = "stop",
    description = "Stop the daemon; done when it is gone.",
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var line = spec.commandLine();
    return stop(options.daemon(), line.getOut(), line.getErr()) ? 0 : Failures.FAILED;
  }

  /** Whether no daemon runs any more. */
  static boolean stop(DaemonConfig config, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    var running = PidFile.running(config.pidFile());
    var process = running.flatMap(daemon -> ProcessHandle.of(daemon.pid()));
    if (process.isEmpty()) {
      out.println("Daemon is not running.");
      return true;
    }
    out.printf("Stopping daemon (PID %d)...%n", process.get().pid());
    process.get().destroy();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.get().isAlive()) {
      if (System.nanoTime() - deadline > 0) {
        err.printf("Daemon did not stop within %d seconds.%n", PATIENCE.toSeconds());
        return false;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    out.println("Daemon stopped.");
    return true;
  }
}
