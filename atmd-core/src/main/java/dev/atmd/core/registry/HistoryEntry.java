package dev.atmd.core.registry;

import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that is worth knowing tomorrow. Immutable. */
public sealed interface HistoryEntry {
  /** Whom it happened to, by the name it had then. */
  SessionId session();

  /** When it happened, by the clock of who told it. */
  Instant at();

  /** A session was heard of for the first time, or again. */
  record Began(Session first, Instant at) implements HistoryEntry {
    @Override
    public SessionId session() {
      return first.id();
    }
  }

  /** It goes on under another name. */
  record Renamed(SessionId session, Instant at, SessionId successor) implements HistoryEntry {}

  record StateChanged(SessionId session, Transition transition) implements HistoryEntry {
    @Override
    public Instant at() {
      return transition.evidence().at();
    }
  }

  record Prompted(SessionId session, Instant at, String prompt) implements HistoryEntry {}

  record ToolBegan(SessionId session, Instant at, ToolCall call) implements HistoryEntry {}

  record ToolDone(SessionId session, Instant at, ToolCall call, boolean failed)
      implements HistoryEntry {}

  /**
   * It is no session any more.
   *
   * @param last as it was known last
   */
  record Gone(Session last, Instant at, RemovalReason reason, @Nullable SessionId successor)
      implements HistoryEntry {
    @Override
    public SessionId session() {
      return last.id();
    }
  }
}
