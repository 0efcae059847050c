package dev.atmd.client.top;

import java.time.Instant;

/** What a key asks for beyond another picture. */
sealed interface Effect {
  record Quit() implements Effect {}

  /** Draws everything anew. */
  record Redraw() implements Effect {}

  /** Forgets the sessions that are over. */
  record Clear() implements Effect {}

  /** Asks which sessions are over since then. */
  record Recall(Instant from) implements Effect {}

  /** Goes to the pane of a session. */
  record Jump(Target target) implements Effect {}

  /** Asks why a session is in its state. */
  record Inspect(String id) implements Effect {}

  /** Looks at what the pane of a session shows. */
  record Peek(PaneId pane) implements Effect {}

  /** Does what was confirmed, if it still fits. */
  record Perform(Deed deed) implements Effect {}
}
