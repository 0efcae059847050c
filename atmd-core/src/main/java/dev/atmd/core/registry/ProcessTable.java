package dev.atmd.core.registry;

import dev.atmd.core.session.Pid;
import java.util.Optional;

/** The processes of this machine. Asked in the registry's turn: an answer takes microseconds. */
public interface ProcessTable {
  /** The process of that id, if it lives and may be read. */
  Optional<ProcessStamp> find(Pid pid);

  /**
   * Whether {@code ancestor} started {@code pid}, directly or not. No process descends from itself.
   */
  boolean descends(Pid pid, Pid ancestor);
}
