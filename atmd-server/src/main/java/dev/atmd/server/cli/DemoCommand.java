package dev.atmd.server.cli;

import dev.atmd.client.demo.SimulatedAgents;
import dev.atmd.core.text.TerminalText;
import dev.atmd.server.Daemon;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.log.Logs;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The real daemon, on a socket of its own, with agents that only pretend, and a view of them. */
@Command(
    name = "demo",
    description = {
      "Run the daemon with three simulated agents and watch them; Ctrl-C ends it all.",
      "It has a socket of its own, so a daemon that runs is not disturbed."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--agents", paramLabel = "N", description = "How many agents (default: 3).")
  private int agents = SimulatedAgents.USUAL_COUNT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var directory = Files.createTempDirectory("atmd-demo-");
    options.placeIn(directory);
    DaemonConfig config = options.daemon();
    Logs.start(config, false, Clock.systemUTC());
    spec.commandLine()
        .getErr()
        .printf(
            "atmd: %1$d agents report to %2$s%natmd: in a browser: atm web --socket %2$s%n",
            agents, TerminalText.neutral(config.socket().path().toString()));
    var daemon = Daemon.start(config, Clock.systemUTC());
    var actors = SimulatedAgents.start(daemon.socket(), agents, 1);
    // Ctrl-C is the usual end, so the end is a hook in any case.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(daemon, actors, directory), "atmd-stop"));
    return show(daemon);
  }

  private static void end(Daemon daemon, SimulatedAgents actors, Path directory) {
    try {
      actors.close();
      daemon.close();
      Logs.stop();
      TemporaryDirectory.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int show(Daemon daemon) throws Exception {
    var view =
        new ProcessBuilder(
                Launcher.command("atm").toString(), verb(), "--socket", daemon.socket().toString())
            .inheritIO()
            .start();
    try {
      return view.waitFor();
    } finally {
      view.destroy();
    }
  }

  /** The dashboard where there is a terminal for it, else a line for each change. */
  private static String verb() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? "top"
        : "watch";
  }
}
