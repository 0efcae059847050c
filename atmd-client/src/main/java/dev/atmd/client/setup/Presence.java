package dev.atmd.client.setup;

/** How much of what belongs into a file is there. */
public enum Presence {
  /** Nothing of ours. */
  MISSING,
  /** Something of ours, but not what this version would write. */
  OUTDATED,
  /** All of it. */
  CURRENT
}
