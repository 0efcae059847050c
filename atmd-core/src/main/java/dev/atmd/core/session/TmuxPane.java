package dev.atmd.core.session;

import org.jspecify.annotations.Nullable;

/** The terminal pane an agent runs in, as tmux names it: "%9". Never empty. */
public record TmuxPane(String id) {
  public TmuxPane {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a pane has a name");
    }
  }

  /** The pane of that name; none for null or an empty name, which tmux never gives. */
  public static @Nullable TmuxPane ofNullable(@Nullable String id) {
    return id == null || id.isEmpty() ? null : new TmuxPane(id);
  }
}
