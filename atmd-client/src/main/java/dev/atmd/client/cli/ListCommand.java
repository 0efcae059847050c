package dev.atmd.client.cli;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.SessionView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm list}: the sessions of this moment. */
@Command(name = "list", description = "Lists the sessions; those that need input first.")
final class ListCommand extends DaemonCommand {
  @Option(names = "--json", description = "Print the sessions as the daemon describes them.")
  private boolean json;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      converter = Words.OfStatus.class,
      description = "Only these: idle, working or attention_needed.")
  private @Nullable Status status;

  @Option(
      names = "--project",
      paramLabel = "PART",
      description = "Only those whose project root contains this.")
  private @Nullable String project;

  @Option(
      names = "--harness",
      paramLabel = "HARNESS",
      converter = Words.OfHarness.class,
      description = "Only those of this harness, such as claude or pi.")
  private @Nullable Harness harness;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    var surroundings = atm.surroundings();
    try (var client = atm.connect()) {
      var list = client.sessionList();
      var sessions = list.message().sessions();
      var lines =
          json
              ? List.of(atm.script().json(json(sessions, list.json())))
              : lines(sessions, atm.socket(), surroundings);
      lines.forEach(out::println);
    }
  }

  private List<String> lines(List<SessionView> sessions, Path socket, Surroundings surroundings) {
    var chosen = sessions.stream().filter(this::matches).toList();
    if (chosen.isEmpty()) {
      return sessions.isEmpty()
          ? EmptyState.lines(socket)
          : List.of("None of the " + sessions.size() + " sessions matches.");
    }
    var rows = SessionRow.of(chosen, surroundings.clock().instant());
    return Table.lines(rows, surroundings.terminal().size().columns(), surroundings.paint());
  }

  private String json(List<SessionView> sessions, String line) {
    var raw = JsonText.elements(line, "sessions");
    var chosen = new ArrayList<String>();
    for (var i = 0; i < sessions.size(); i++) {
      if (matches(sessions.get(i))) {
        chosen.add(raw.get(i));
      }
    }
    return JsonText.prettyArray(chosen);
  }

  private boolean matches(SessionView view) {
    return (status == null || view.status().equals(status.tag()))
        && (harness == null || view.harness().equals(harness.tag()))
        && (project == null
            || (view.projectRoot() != null && view.projectRoot().contains(project)));
  }
}
