package dev.atmd.client.cli;

import dev.atmd.core.text.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code atm ping}: whether the daemon answers. */
@Command(name = "ping", description = "Measures how long the daemon takes to answer.")
final class PingCommand extends DaemonCommand {
  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    try (var client = atm.connect()) {
      var micros = client.ping().toNanos() / 1_000;
      out.printf(
          Locale.ROOT,
          "pong from %s in %d.%03d ms (protocol %s)%n",
          TerminalText.neutral(atm.socket().toString()),
          micros / 1_000,
          micros % 1_000,
          client.version());
    }
  }
}
