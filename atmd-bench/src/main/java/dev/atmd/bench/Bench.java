package dev.atmd.bench;

import dev.atmd.bench.measure.Churn;
import dev.atmd.bench.measure.FanOut;
import dev.atmd.bench.measure.Field;
import dev.atmd.bench.measure.Frozen;
import dev.atmd.bench.measure.Ingest;
import dev.atmd.bench.measure.Latency;
import dev.atmd.bench.measure.Measurement;
import dev.atmd.bench.measure.Report;
import dev.atmd.bench.measure.Scale;
import dev.atmd.bench.measure.Sizes;
import dev.atmd.bench.measure.StartUp;
import dev.atmd.bench.measure.WarmUp;
import dev.atmd.bench.system.AtmDaemon;
import dev.atmd.bench.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The load program: measures a daemon beside its peers, and checks what it measures. */
@Command(
    name = "atmd-bench",
    description = {
      "Measures a daemon that runs, beside what it can be compared with: another daemon, Redis and",
      "nats-server where they are installed, and bare Netty servers. Prints medians and ratios,",
      "which are above 1 where the daemon is better.",
      "Exit code 1 if the daemon lost anything or ended up wrong."
    },
    mixinStandardHelpOptions = true,
    subcommands = {Micro.class, Fuzz.class, Soak.class})
public final class Bench implements Callable<Integer> {
  @Option(names = "--socket", paramLabel = "PATH", description = "The daemon.")
  private @Nullable Path socket;

  @Option(names = "--pid", description = "Its process, if not the one that listens at the socket.")
  private @Nullable Long pid;

  @Option(names = "--against", paramLabel = "PATH", description = "Another daemon, its peer.")
  private @Nullable Path against;

  @Option(names = "--against-pid", paramLabel = "PID", description = "The peer's process.")
  private @Nullable Long againstPid;

  @Option(
      names = "--start",
      paramLabel = "COMMAND",
      description = "Starts a daemon at {socket}, with files in {dir}; measured as start.")
  private @Nullable String start;

  @Option(
      names = "--start-against",
      paramLabel = "COMMAND",
      description = "The same for the peer; $ATM_SOCKET is set to {socket}.")
  private @Nullable String startAgainst;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "ingest, fanout, latency, churn, frozen, scale, start.")
  private @Nullable List<String> only;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, after one to warm up (default: 5).")
  private @Nullable Integer rounds;

  @Option(names = "--alone", description = "Without Redis, NATS and the bare servers.")
  private boolean alone;

  @Option(
      names = "--subscribers",
      paramLabel = "N",
      split = ",",
      description = "How many for fan-out (default: 1,10,100,1000).")
  private @Nullable List<Integer> subscribers;

  @Option(names = "--quick", description = "Smaller and shorter, one round: to see that it works.")
  private boolean quick;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Set by tests, which have seconds. */
  private @Nullable Sizes sizes;

  Bench() {}

  Bench(Sizes sizes) {
    this.sizes = sizes;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (socket == null) {
      throw new ParameterException(spec.commandLine(), "--socket is missing");
    }
    var measurements = chosen();
    var out = spec.commandLine().getOut();
    var report = new Report();
    var peer = against == null ? null : daemon(against, againstPid);
    report.printHead(out);
    try (var field = new Field(daemon(socket, pid), peer, alone)) {
      new WarmUp().run(field, sizes(), report);
      for (var measurement : measurements) {
        measurement.run(field, sizes(), report);
        report.printRows(out);
      }
    }
    report.printMedians(out);
    return report.daemonFailed() ? 1 : 0;
  }

  private static AtmDaemon daemon(Path socket, @Nullable Long pid) throws IOException {
    var process = pid == null ? ServerProcess.behind(socket) : new ServerProcess(pid);
    return new AtmDaemon(socket, process);
  }

  private Sizes sizes() {
    var chosen = sizes != null ? sizes : quick ? Sizes.QUICK : Sizes.FULL;
    return chosen.with(
        rounds == null ? chosen.rounds() : rounds,
        subscribers == null ? chosen.fanOuts() : subscribers);
  }

  private List<Measurement> chosen() {
    var all = measurements();
    if (only == null) {
      return List.copyOf(all.values());
    }
    for (var name : only) {
      if (!all.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(), "no measurement is called " + name + ", but " + all.keySet());
      }
    }
    return only.stream().map(all::get).toList();
  }

  private Map<String, Measurement> measurements() {
    var all = new LinkedHashMap<String, Measurement>();
    all.put("start", new StartUp(start, startAgainst));
    all.put("ingest", new Ingest());
    all.put("fanout", new FanOut());
    all.put("latency", new Latency());
    all.put("churn", new Churn());
    all.put("frozen", new Frozen());
    all.put("scale", new Scale());
    return all;
  }
}
