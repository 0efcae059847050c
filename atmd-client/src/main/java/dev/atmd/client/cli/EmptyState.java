package dev.atmd.client.cli;

import dev.atmd.core.text.TerminalText;
import java.nio.file.Path;
import java.util.List;

/** What is shown where there is nothing to show. */
final class EmptyState {
  private EmptyState() {}

  static List<String> lines(Path socket) {
    return List.of(
        "No sessions.",
        "The daemon is there, but no agent has reported to it yet:",
        "  - `atm discover` looks for agents that run already;",
        "  - an agent with hooks reports on its next prompt, if it is started with",
        "    ATM_SOCKET=" + TerminalText.neutral(socket.toString()));
  }
}
