package dev.atmd.client.top;

/** One thing in the list that can be selected. */
sealed interface Entry {
  /** By what it is found again when the list has changed. */
  String key();

  /**
   * The head of a group; selectable only while it is folded.
   *
   * @param standing what its colour and glyph are those of; null for a project
   */
  record Heading(
      String key,
      String title,
      @org.jspecify.annotations.Nullable Standing standing,
      int count,
      int waiting,
      boolean isFolded)
      implements Entry {}

  /**
   * A session.
   *
   * @param group the key of the heading it stands under
   * @param depth 0, or how deep in subagents of subagents it is
   * @param children how many subagents it has, and theirs
   */
  record Item(Agent agent, String group, String label, int depth, int children, boolean isOpen)
      implements Entry {
    @Override
    public String key() {
      return agent.id();
    }
  }

  /** A session that is over: another entry than while it lived, so that no selection follows. */
  record Past(Finished finished, String group, String label) implements Entry {
    @Override
    public String key() {
      return "over " + finished.id();
    }
  }
}
