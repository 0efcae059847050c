package dev.atmd.server.cli;

import static java.lang.System.Logger.Level.ERROR;

import dev.atmd.server.Daemon;
import dev.atmd.server.log.Logs;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var config = options.daemon();
    Logs.start(config, !quiet, Clock.systemUTC());
    var starting = new CompletableFuture<Daemon>();
    // Before the socket is there, because who finds it may end this process at once.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(starting), "atmd-stop"));
    try {
      starting.complete(Daemon.start(config, Clock.systemUTC()));
    } finally {
      starting.cancel(false);
    }
    var daemon = starting.join();
    if (!quiet) {
      daemon.dashboard().ifPresent(url -> say("Dashboard: " + url));
    }
    daemon.awaitClosed();
    return 0;
  }

  private void say(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** To be told to stop is no failure: the exit code is that of success, not of the signal. */
  private static void stop(CompletableFuture<Daemon> starting) {
    Daemon daemon;
    try {
      daemon = starting.join();
    } catch (CancellationException _) {
      return;
    }
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
