package dev.atmd.client.cli;

import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.SessionView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code atm status}: all sessions in a few characters, for a prompt or the line of tmux. */
@Command(
    name = "status",
    description = {
      "Prints one short line for a prompt or tmux, such as 3↑ 1! $4.20:",
      "sessions working or idle, those that need input if any, and what all have cost."
    })
final class StatusCommand extends DaemonCommand {
  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    try (var client = atm.connect()) {
      out.println(line(client.sessions()));
    }
  }

  static String line(List<SessionView> sessions) {
    var waiting =
        sessions.stream()
            .filter(view -> SessionRow.statusOf(view) == Status.ATTENTION_NEEDED)
            .count();
    var cost = sessions.stream().mapToDouble(SessionView::costUsd).sum();
    return (sessions.size() - waiting)
        + "↑ "
        + (waiting == 0 ? "" : waiting + "! ")
        + SessionRow.dollars(cost);
  }
}
