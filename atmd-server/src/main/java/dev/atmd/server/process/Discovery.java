package dev.atmd.server.process;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.TmuxPane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the agents among the processes of this machine (atm-behaviour §9). Reads files only. */
public final class Discovery {
  private final ProcFs processes;

  public Discovery(ProcFs processes) {
    this.processes = processes;
  }

  /** An agent's process. */
  public record Found(Pid pid, Harness harness, String directory, @Nullable TmuxPane pane) {}

  /** One scan. A helper that an agent runs of its own program is not an agent. */
  public List<Found> scan() {
    var agents = new HashMap<Pid, Harness>();
    for (var pid : processes.all()) {
      HarnessMatcher.match(processes.executable(pid), processes.commandLine(pid))
          .ifPresent(harness -> agents.put(pid, harness));
    }
    var found = new ArrayList<Found>();
    agents.forEach((pid, harness) -> {
      var isHelper =
          processes.parent(pid).filter(parent -> agents.get(parent) == harness).isPresent();
      if (!isHelper) {
        processes
            .directory(pid)
            .ifPresent(cwd -> found.add(new Found(pid, harness, cwd, pane(pid))));
      }
    });
    return found;
  }

  private @Nullable TmuxPane pane(Pid pid) {
    return TmuxPane.ofNullable(processes.environment(pid, "TMUX_PANE").orElse(null));
  }
}
