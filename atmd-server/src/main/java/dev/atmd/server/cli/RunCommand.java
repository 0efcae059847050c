package dev.atmd.server.cli;

import static java.lang.System.Logger.Level.ERROR;

import dev.atmd.server.Daemon;
import dev.atmd.server.log.Logs;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the daemon in this process until it is told to stop. */
@Command(
    name = "run",
    description = "Run the daemon in the foreground; SIGTERM or Ctrl-C ends it.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--quiet", description = "Log to the file only.")
  private boolean quiet;

  @Override
  public Integer call() throws Exception {
    var config = options.daemon();
    Logs.start(config, !quiet, Clock.systemUTC());
    var daemon = Daemon.start(config, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(daemon), "atmd-stop"));
    daemon.awaitClosed();
    return 0;
  }

  /** To be told to stop is no failure: the exit code is that of success, not of the signal. */
  private static void stop(Daemon daemon) {
    var exitCode = 0;
    try {
      daemon.close();
    } catch (IOException e) {
      LOG.log(ERROR, "did not stop cleanly", e);
      exitCode = Failures.FAILED;
    }
    Logs.stop();
    Runtime.getRuntime().halt(exitCode);
  }
}
