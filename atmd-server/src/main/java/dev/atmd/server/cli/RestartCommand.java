package dev.atmd.server.cli;

import dev.atmd.server.config.DaemonConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the daemon if it runs, and starts it. */
@Command(
    name = "restart",
    description = "Stop the daemon if it runs, and start it in the background.",
    mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var line = spec.commandLine();
    DaemonConfig config = options.daemon();
    if (!StopCommand.stop(config, line.getOut(), line.getErr())) {
      return Failures.FAILED;
    }
    return StartCommand.start(config, options.asArguments(), line.getOut());
  }
}
