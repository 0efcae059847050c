package dev.atmd.protocol.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Protocol 1.1: what can be asked about the past (docs/protocol.md, history). */
public sealed interface HistoryQuestion {
  /** How many entries an answer has unless the question says otherwise. */
  int USUAL_LIMIT = 200;

  /** More than anybody reads at once. */
  int MAX_LIMIT = 1_000;

  /**
   * What happened, the newest of it.
   *
   * @param session an id, or the beginning of one
   * @param project part of the path of a project
   * @param from the first moment
   * @param to the first moment that is too late
   * @param grep what a text, a tool or a state must contain, in any case
   * @param before only entries older than this one
   * @param limit how many at most
   */
  record Entries(
      @Nullable String session,
      @Nullable String project,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String grep,
      @Nullable Long before,
      int limit)
      implements HistoryQuestion {}

  /** What was consumed, added up. */
  record Cost(By by, @Nullable Instant from, @Nullable Instant to) implements HistoryQuestion {}

  /** How long sessions waited for a person. */
  record Waits(@Nullable Instant from) implements HistoryQuestion {}

  /** What everybody was doing at a moment. */
  record Moment(Instant at) implements HistoryQuestion {}

  /**
   * Which sessions are over, the newest of them; subagents are part of theirs.
   *
   * @param from the first moment
   * @param limit how many at most
   */
  record Ended(@Nullable Instant from, int limit) implements HistoryQuestion {}

  /** By what consumption is added up. */
  enum By {
    DAY,
    PROJECT,
    MODEL,
    SESSION
  }
}
