package dev.atmd.bench;

import dev.atmd.bench.fuzz.FuzzRun;
import dev.atmd.bench.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Throws broken frames at a daemon. picocli fills it in. */
@Command(
    name = "fuzz",
    description = {
      "Sends broken frames, as lines and as HTTP, while another client checks every answer of its",
      "own. Prints memory, threads and descriptors of the daemon. Exit code 1 if the other client",
      "was disturbed, the daemon met a bug, or its memory grew."
    },
    mixinStandardHelpOptions = true)
final class Fuzz implements Callable<Integer> {
  @Option(names = "--socket", required = true, paramLabel = "PATH", description = "The daemon.")
  @SuppressWarnings("NullAway.Init")
  private Path socket;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private long frames = 10_000_000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "At the same time, every second one HTTP (default: ${DEFAULT-VALUE}).")
  private int connections = 4;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the frames (default: ${DEFAULT-VALUE}).")
  private long seed = 20_261_121;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var run = new FuzzRun(socket, ServerProcess.behind(socket), spec.commandLine().getOut());
    return run.run(frames, connections, seed) ? 0 : 1;
  }
}
