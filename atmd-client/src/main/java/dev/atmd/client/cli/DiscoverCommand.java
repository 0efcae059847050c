package dev.atmd.client.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code atm discover}: agents that never reported. */
@Command(name = "discover", description = "Has the daemon look for agents that run already.")
final class DiscoverCommand extends DaemonCommand {
  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    try (var client = atm.connect()) {
      var found = client.discover();
      out.println("found " + found.discovered() + ", failed " + found.failed());
    }
  }
}
