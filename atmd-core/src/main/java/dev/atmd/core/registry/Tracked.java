package dev.atmd.core.registry;

import dev.atmd.core.session.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session with what only its owner, the {@link SessionTable}, needs to know of it. */
final class Tracked {
  Session session;

  /** The process whose end ends it; null where none can be watched. */
  @Nullable ProcessStamp process;

  /** Whether its harness reports events, so that a status line says nothing about activity. */
  boolean reportsEvents;

  /** The sender's time of the newest event that decided its state. */
  Instant decidedAt = Instant.MIN;

  Tracked(Session session, @Nullable ProcessStamp process) {
    this.session = session;
    this.process = process;
  }
}
