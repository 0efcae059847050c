package dev.atmd.client.top;

/** By what sessions stand together. */
enum Grouping {
  STANDING("by state"),
  /** All worktrees of a project; a session stays where it is whatever it does. */
  PROJECT("by project");

  private final String word;

  Grouping(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  Grouping other() {
    return this == STANDING ? PROJECT : STANDING;
  }
}
