package dev.atmd.server.broadcast;

import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.Detail;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * One event with its lines, which all subscribers share: one for each level of detail that somebody
 * has asked for. Thread-safe.
 */
final class Frame {
  private final SessionEvent event;
  private final Function<Detail, byte[]> encode;

  /** Where two threads encode the same line at once, one of the two is kept. */
  private final AtomicReferenceArray<FrameLine> lines =
      new AtomicReferenceArray<>(Detail.values().length);

  Frame(SessionEvent event, Function<Detail, byte[]> encode) {
    this.event = event;
    this.encode = encode;
  }

  SessionEvent event() {
    return event;
  }

  @SuppressWarnings("EnumOrdinal") // A map would cost more than all the rest of a frame.
  FrameLine line(Detail detail) {
    var known = lines.get(detail.ordinal());
    if (known != null) {
      return known;
    }
    var encoded = new FrameLine(sessionId(), encode.apply(detail));
    return lines.compareAndSet(detail.ordinal(), null, encoded)
        ? encoded
        : lines.get(detail.ordinal());
  }

  long seq() {
    return event.seq();
  }

  private SessionId sessionId() {
    return sessionId(event);
  }

  /** The session it is about: a later frame of the same session takes its place. */
  static SessionId sessionId(SessionEvent event) {
    return switch (event) {
      case Registered(_, var session) -> session.id();
      case Updated(_, var session) -> session.id();
      case Removed removed -> removed.id();
    };
  }
}
