package dev.atmd.bench;

import dev.atmd.bench.soak.SoakRun;
import dev.atmd.bench.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Visits a daemon for hours. picocli fills it in. */
@Command(
    name = "soak",
    description = {
      "Lets clients, sessions and subscribers come and go for a long time, and prints the memory,",
      "threads and descriptors of the daemon. Exit code 1 if they grew."
    },
    mixinStandardHelpOptions = true)
final class Soak implements Callable<Integer> {
  @Option(names = "--socket", required = true, paramLabel = "PATH", description = "The daemon.")
  @SuppressWarnings("NullAway.Init")
  private Path socket;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long (default: ${DEFAULT-VALUE}).")
  private double minutes = 120;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "At the same time (default: ${DEFAULT-VALUE}).")
  private int clients = 8;

  @Option(names = "--seed", paramLabel = "S", description = "Of what they do.")
  private long seed = 20_261_121;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var run = new SoakRun(socket, ServerProcess.behind(socket), spec.commandLine().getOut());
    return run.run(Duration.ofMillis(Math.round(minutes * 60_000)), clients, seed) ? 0 : 1;
  }
}
