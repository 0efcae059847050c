package dev.atmd.protocol.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protocol 1.1: what is known about the past (docs/protocol.md, history). */
public sealed interface HistoryAnswer {
  /**
   * Entries, the oldest first.
   *
   * @param before ask with this for those before them; null if there are none
   */
  record Entries(List<Entry> entries, @Nullable Long before) implements HistoryAnswer {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Something that happened.
   *
   * @param kind "began", "state", "prompt", "tool_began", "tool_done", "tool_failed", "renamed" or
   *     "ended"
   * @param status the state that began; of an end, its reason
   * @param tool what the state or the entry is about: a tool or a word
   * @param text the prompt, the question, what the tool was used on, or another session's id
   * @param signal what a state was concluded from
   * @param rule by which rule
   */
  record Entry(
      Instant at,
      String session,
      String harness,
      @Nullable String project,
      String kind,
      @Nullable String status,
      @Nullable String tool,
      @Nullable String text,
      @Nullable String signal,
      @Nullable String rule) {}

  /** Sums, the most recent day or the dearest first. */
  record Cost(List<Sum> sums) implements HistoryAnswer {
    public Cost {
      sums = List.copyOf(sums);
    }
  }

  /**
   * What was consumed by all of one kind.
   *
   * @param key the day (in the daemon's time zone), the project, the model or the session
   */
  record Sum(String key, double costUsd, long tokensIn, long tokensOut, long sessions) {}

  /** Sessions that waited, those that still wait first, the one that has waited longest on top. */
  record Waits(List<Wait> sessions) implements HistoryAnswer {
    public Waits {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * How long a session waited for a person.
   *
   * @param seconds all its waits together
   * @param questions how many they were
   * @param openSince when the question was asked that is still open; null if none is
   * @param question that question
   */
  record Wait(
      String session,
      String harness,
      @Nullable String project,
      double seconds,
      int questions,
      @Nullable Instant openSince,
      @Nullable String question) {}

  /** Sessions as they were at a moment. */
  record Moment(Instant at, List<Doing> sessions) implements HistoryAnswer {
    public Moment {
      sessions = List.copyOf(sessions);
    }
  }

  /** What a session was doing. */
  record Doing(
      String session,
      String harness,
      @Nullable String project,
      String status,
      Instant since,
      @Nullable String detail,
      @Nullable String text) {}

  /** Sessions that are over, the newest first. */
  record Ended(List<Over> sessions) implements HistoryAnswer {
    public Ended {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * A session that is over.
   *
   * @param at when it ended
   * @param branch what it worked on last
   * @param model what it ran with last; null where nobody has said
   * @param reason how it ended, as in {@code session_removed}
   * @param began when it was first heard of
   * @param costUsd what it had cost, by its own count; null where nobody has said
   */
  record Over(
      Instant at,
      String session,
      String harness,
      @Nullable String project,
      @Nullable String branch,
      @Nullable String model,
      String reason,
      Instant began,
      @Nullable Double costUsd) {
    /** For a screen on a wall: a branch may say what is worked on. */
    public Over withoutBranch() {
      return new Over(at, session, harness, project, null, model, reason, began, costUsd);
    }
  }
}
