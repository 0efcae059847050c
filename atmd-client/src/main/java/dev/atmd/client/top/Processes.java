package dev.atmd.client.top;

/** What runs on this machine. */
interface Processes {
  /** Whether {@code pid} runs, and is {@code ancestor} or was started below it. */
  boolean isWithin(long pid, long ancestor);

  /** Asks the process to end; whether there was one to ask. */
  boolean terminate(long pid);
}
