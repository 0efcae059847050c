package dev.atmd.client.top;

import java.util.Optional;

/** The processes of this machine, as this user sees them. Stateless. */
final class LocalProcesses implements Processes {
  /** More than any shell in a pane stacks. */
  private static final int MAX_DEPTH = 64;

  @Override
  public boolean isWithin(long pid, long ancestor) {
    var at = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    for (var depth = 0; at.isPresent() && depth < MAX_DEPTH; depth++) {
      if (at.get().pid() == ancestor) {
        return true;
      }
      at = at.flatMap(ProcessHandle::parent);
    }
    return false;
  }

  @Override
  public boolean terminate(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && process.get().destroy();
  }
}
