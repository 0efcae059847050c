package dev.atmd.core.registry;

import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A change that everybody may hear of. Numbered without gaps from 1 on, in order of the changes.
 */
public sealed interface SessionEvent {
  long seq();

  /** A session that was not there before. */
  record Registered(long seq, Session session) implements SessionEvent {}

  record Updated(long seq, Session session) implements SessionEvent {}

  /**
   * A session that is no longer there.
   *
   * @param successor the id under which it goes on, if it was renamed
   */
  record Removed(long seq, SessionId id, RemovalReason reason, @Nullable SessionId successor)
      implements SessionEvent {}
}
