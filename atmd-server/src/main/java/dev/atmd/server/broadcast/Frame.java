package dev.atmd.server.broadcast;

import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.session.SessionId;

/** One event with its bytes, which all subscribers share. Never changed. */
final class Frame {
  private final SessionEvent event;
  private final byte[] line;

  Frame(SessionEvent event, byte[] line) {
    this.event = event;
    this.line = line;
  }

  SessionEvent event() {
    return event;
  }

  /** The bytes themselves, not a copy. */
  byte[] line() {
    return line;
  }

  long seq() {
    return event.seq();
  }

  /** The session it is about: a later frame of the same session takes its place. */
  SessionId sessionId() {
    return switch (event) {
      case Registered(_, var session) -> session.id();
      case Updated(_, var session) -> session.id();
      case Removed removed -> removed.id();
    };
  }
}
