package dev.atmd.server.notify;

import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person is told.
 *
 * @param title whom it is about, and what it does
 * @param text the question itself, or what happened
 * @param repeated whether nobody has reacted to the first one
 */
record Notice(
    Kind kind,
    SessionId session,
    String harness,
    @Nullable String project,
    @Nullable TmuxPane pane,
    String title,
    String text,
    Instant at,
    boolean repeated) {
  /** What can be told, with its word in the configuration. */
  enum Kind {
    NEEDS_INPUT("needs_input", "needs input"),
    DONE("done", "is done"),
    FAILED("failed", "has failed"),
    DIED("died", "has died"),
    QUOTA("quota", "is near its limit");

    private final String word;
    private final String words;

    Kind(String word, String words) {
      this.word = word;
      this.words = words;
    }

    String word() {
      return word;
    }

    String words() {
      return words;
    }
  }

  static Notice of(Kind kind, Sight sight, @Nullable String text, Instant at, boolean repeated) {
    return new Notice(
        kind,
        sight.id(),
        sight.harness(),
        sight.projectPath(),
        sight.pane(),
        sight.name() + " " + (repeated ? "still " : "") + kind.words(),
        text == null ? "" : text,
        at,
        repeated);
  }
}
