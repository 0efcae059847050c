package dev.atmd.client.demo;

/**
 * What one simulated agent says, without end: turns of work with growing cost and context, now and
 * then a question to its user, a rest after each turn. The same identity and seed say the same. Not
 * thread-safe.
 */
sealed interface AgentScript permits ClaudeScript, PiScript {
  /** The next thing it says. */
  Report next();

  /** What it says when it is closed. */
  Report farewell();

  /**
   * Who an agent is.
   *
   * @param pid of the process that stands for it
   * @param directory where it works
   */
  record Identity(String sessionId, long pid, String directory, String pane) {}
}
