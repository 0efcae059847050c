package dev.atmd.core.registry;

/** Why the registry did not do what it was asked. */
public sealed interface Refusal {
  /** There are as many sessions as may be, and none that nobody would miss. */
  record Full(int max) implements Refusal {}

  /** A bug; it has been logged with the command that met it. */
  record Internal() implements Refusal {}

  /** The registry has been closed. */
  record Closed() implements Refusal {}
}
