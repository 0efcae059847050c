package dev.atmd.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a session does and since when. The detail is a tool name or a word such as "Thinking". */
public sealed interface SessionState {
  /** When the session took on its present status; a change of detail alone does not move it. */
  Instant since();

  Status status();

  @Nullable String detail();

  /** The last turn is over; nothing is blocked. */
  record Idle(Instant since) implements SessionState {
    @Override
    public Status status() {
      return Status.IDLE;
    }

    @Override
    public @Nullable String detail() {
      return null;
    }
  }

  /** A turn is running. */
  record Working(Instant since, @Nullable String detail) implements SessionState {
    @Override
    public Status status() {
      return Status.WORKING;
    }
  }

  /** A turn is blocked on the user, by the agent with this id, or by the main agent where null. */
  record AttentionNeeded(
      Instant since, String detail, AttentionReason reason, @Nullable String agentId)
      implements SessionState {
    @Override
    public Status status() {
      return Status.ATTENTION_NEEDED;
    }
  }
}
