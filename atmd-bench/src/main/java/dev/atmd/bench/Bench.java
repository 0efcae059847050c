package dev.atmd.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The load program: measures a daemon, beside another one if there is one, and checks the result.
 */
@Command(
    name = "atmd-bench",
    description = {
      "Measures a daemon that runs, and prints medians; with --against also the ratio to another.",
      "Exit code 1 if anything was lost or ended up wrong."
    },
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  @Option(names = "--socket", required = true, paramLabel = "PATH", description = "The daemon.")
  private @Nullable Path socket;

  @Option(names = "--against", paramLabel = "PATH", description = "Another daemon, its peer.")
  private @Nullable Path against;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, after one to warm up (default: 5).")
  private int rounds = 5;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Updates per measurement (default: 100000).")
  private int updates = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  Bench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (socket == null) {
      throw new IllegalStateException("picocli requires --socket");
    }
    var out = spec.commandLine().getOut();
    out.printf(
        "%-36s %14s %10s%s%n",
        "", "median", "missing", against == null ? "" : "      ratio to peer");
    var missing = 0L;
    missing += measure(out, path -> new Ingest(path, 4, updates / 4)::run);
    for (var subscribers : new int[] {1, 10, 100}) {
      var events = Math.max(1_000, updates / subscribers);
      missing += measure(out, path -> new FanOut(path, subscribers, events)::run);
    }
    return missing == 0 ? 0 : 1;
  }

  /** One way to measure, as a function of a name for the sessions of the run. */
  @FunctionalInterface
  private interface Measurement {
    Result run(String name) throws Exception;
  }

  /** The same measurement of whichever daemon. */
  @FunctionalInterface
  private interface Plan {
    Measurement of(Path daemon);
  }

  /** Rounds of both daemons in turn, so that a busy machine is unfair to neither. */
  private long measure(PrintWriter out, Plan plan) throws Exception {
    var ours = new ArrayList<Result>();
    var theirs = new ArrayList<Result>();
    for (var round = 0; round <= rounds; round++) {
      var name = Long.toString(System.nanoTime(), 36);
      ours.add(plan.of(Objects.requireNonNull(socket)).run(name));
      if (against != null) {
        theirs.add(plan.of(against).run(name));
      }
    }
    var missing = ours.stream().mapToLong(Result::missing).sum();
    var median = median(ours);
    var ratio =
        theirs.isEmpty()
            ? ""
            : "      %.1f (peer: %,.0f, missing %,d)"
                .formatted(
                    median / median(theirs),
                    median(theirs),
                    theirs.stream().mapToLong(Result::missing).sum());
    out.printf("%-36s %,14.0f %,10d%s%n", ours.getFirst().what(), median, missing, ratio);
    out.flush();
    return missing;
  }

  /** Without the first, which warmed the daemon up. */
  private static double median(List<Result> results) {
    var sorted =
        results.stream().skip(1).map(Result::perSecond).sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2);
  }
}
