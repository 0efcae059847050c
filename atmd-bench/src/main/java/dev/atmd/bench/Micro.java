package dev.atmd.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the micro-benchmarks. */
@Command(
    name = "micro",
    description = "Micro-benchmarks of the daemon's parts, with what each allocates.",
    mixinStandardHelpOptions = true)
final class Micro implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "Which (default: all): decode, apply, encode, fanOut.")
  private String pattern = "dev.atmd.bench.micro";

  @Option(names = "--forks", paramLabel = "N", description = "JVMs for each (default: 2).")
  private int forks = 2;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Of each, after as many to warm up (default: 3).")
  private int iterations = 3;

  @Option(names = "--millis", paramLabel = "N", description = "Of each iteration (default: 1000).")
  private int millis = 1_000;

  @Override
  public Integer call() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(pattern)
            .forks(forks)
            .warmupIterations(iterations)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.milliseconds(millis))
            .addProfiler("gc")
            .build();
    return new Runner(options).run().isEmpty() ? 1 : 0;
  }
}
