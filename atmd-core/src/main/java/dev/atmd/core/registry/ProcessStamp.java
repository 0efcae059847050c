package dev.atmd.core.registry;

import dev.atmd.core.session.Pid;

/** A process that cannot be confused with a later one of the same pid. */
public record ProcessStamp(Pid pid, long startTicks) {
  /** The start of a process that ran before the machine was started: no process has it. */
  static final long GONE = -1;
}
