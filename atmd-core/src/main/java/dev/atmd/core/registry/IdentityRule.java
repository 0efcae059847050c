package dev.atmd.core.registry;

/** What decides which session a report is about (docs/decisions/0011). */
public enum IdentityRule {
  /**
   * The process, else the name (atm-behaviour §7, R5 to R9): what clients of protocol 1.0 expect.
   * Nothing begins without a process, and subagents are no sessions.
   */
  BY_PROCESS,

  /**
   * The name; the process is a hint. A new name from a process takes the place of the old one,
   * subagents are sessions, and what is over is not brought back by what is late.
   */
  BY_NAME
}
