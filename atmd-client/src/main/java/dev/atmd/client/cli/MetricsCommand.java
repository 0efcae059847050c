package dev.atmd.client.cli;

import dev.atmd.core.text.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code atm metrics}: numbers for a monitoring system. */
@Command(name = "metrics", description = "Prints the metrics of the daemon as Prometheus text.")
final class MetricsCommand extends DaemonCommand {
  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    try (var client = atm.connect()) {
      out.print(TerminalText.neutralLines(client.metrics()));
      out.flush();
    }
  }
}
