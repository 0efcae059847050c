package dev.atmd.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a session does and since when. The detail is a tool name or a word such as "Thinking". */
public sealed interface SessionState {
  /** When the session took on its present status; a change of detail alone does not move it. */
  Instant since();

  Status status();

  @Nullable String detail();

  /**
   * The last turn is over; nothing is blocked.
   *
   * @param problem why the last turn failed; null if it did not
   */
  record Idle(Instant since, @Nullable String problem) implements SessionState {
    public Idle(Instant since) {
      this(since, null);
    }

    @Override
    public Status status() {
      return Status.IDLE;
    }

    @Override
    public @Nullable String detail() {
      return problem;
    }
  }

  /**
   * A turn is running.
   *
   * @param target what the tool is used on; null where that is not known
   */
  record Working(Instant since, @Nullable String detail, @Nullable String target)
      implements SessionState {
    public Working(Instant since, @Nullable String detail) {
      this(since, detail, null);
    }

    @Override
    public Status status() {
      return Status.WORKING;
    }
  }

  /** A turn is blocked on the user, by the session itself or by one of its subagents. */
  record AttentionNeeded(Instant since, Question question) implements SessionState {
    @Override
    public Status status() {
      return Status.ATTENTION_NEEDED;
    }

    @Override
    public String detail() {
      return question.detail();
    }
  }
}
