package dev.atmd.server.cli;

import dev.atmd.server.log.Logs;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code atmd} command: runs the daemon, or deals with one that runs. */
@Command(
    name = "atmd",
    description = "Session registry and broadcast server for coding agents.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      StartCommand.class,
      StopCommand.class,
      RestartCommand.class,
      StatusCommand.class,
      ConfigCommand.class,
      DemoCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 it did not work, 2 wrong arguments or configuration.",
      "Agents report to the daemon's socket; `atm` shows them."
    })
public final class Atmd {
  private Atmd() {}

  public static void main(String... args) {
    Logs.prepare();
    System.exit(execute(args));
  }

  /** Runs one command; answers its exit code. */
  static int execute(String... args) {
    return new CommandLine(new Atmd())
        .setExecutionExceptionHandler(new Failures())
        .setUsageHelpAutoWidth(true)
        .execute(args.length == 0 ? new String[] {"run"} : args);
  }
}
