package dev.atmd.server.cli;

import dev.atmd.client.AtmdClient;
import dev.atmd.core.text.TerminalText;
import dev.atmd.server.files.PidFile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether a daemon runs, and whether it answers. */
@Command(
    name = "status",
    description = "Say whether the daemon runs and answers; exit code 1 if not.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private static String store(String metrics) {
    var trouble = metrics.lines().filter(line -> line.startsWith("atmd_store_trouble ")).findAny();
    return trouble
        .map(line ->
            line.endsWith(" 0.0")
                ? "sessions and their history are kept"
                : "cannot be written to; see `atm doctor` and the log")
        .orElse("off; sessions end with the daemon");
  }

  /** Empty where metrics are sent nowhere. */
  private static Optional<String> export(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("atmd_otlp_trouble "))
        .findAny()
        .map(line ->
            line.endsWith(" 0.0")
                ? "sent to the collector"
                : "the collector does not take them; see the log");
  }

  @Override
  public Integer call() throws Exception {
    var config = options.daemon();
    var out = spec.commandLine().getOut();
    var running = PidFile.running(config.pidFile());
    if (running.isEmpty()) {
      out.println("Daemon is not running.");
      return Failures.FAILED;
    }
    var daemon = running.get();
    out.printf(
        "Daemon is running (PID %d)%nSocket: %s%n",
        daemon.pid(), TerminalText.neutral(daemon.socket().toString()));
    try (var client = AtmdClient.connect(daemon.socket())) {
      var roundTrip = client.ping();
      out.printf(
          "Answers in %d µs, knows %d sessions, protocol %s%n",
          roundTrip.toNanos() / 1_000, client.sessions().size(), client.version());
      var metrics = client.metrics();
      out.println("Store: " + store(metrics));
      export(metrics).ifPresent(line -> out.println("Metrics: " + line));
      return 0;
    } catch (IOException e) {
      out.printf("Does not answer: %s%n", TerminalText.neutral(String.valueOf(e.getMessage())));
      return Failures.FAILED;
    }
  }
}
