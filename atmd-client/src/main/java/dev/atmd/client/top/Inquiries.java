package dev.atmd.client.top;

import dev.atmd.client.top.Effect.Inspect;
import dev.atmd.client.top.Effect.Recall;
import dev.atmd.protocol.message.ExplanationView;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked beside the feed, one question of each kind at a time, and what came of it. Not
 * thread-safe: the thread that draws owns it.
 */
final class Inquiries {
  private @Nullable ExplanationView why;

  /** What was last asked to be explained: a session in a state. */
  private @Nullable Agent inspected;

  private boolean isInspecting;
  private boolean isRecallDue;
  private boolean isRecalling;

  /** A list came, which says nothing of what has ended before it. */
  void missedThePast() {
    isRecallDue = true;
  }

  Optional<Effect> recall(Instant now) {
    if (!isRecallDue || isRecalling) {
      return Optional.empty();
    }
    isRecallDue = false;
    isRecalling = true;
    return Optional.of(new Recall(now.minus(Remembered.MAX_AGE)));
  }

  void recalled() {
    isRecalling = false;
  }

  /** Asks why {@code agent} is in its state, unless that is known or under way. */
  Optional<Effect> inspect(Agent agent) {
    if (isInspecting || isSameMoment(agent, inspected)) {
      return Optional.empty();
    }
    if (inspected == null || !inspected.id().equals(agent.id())) {
      why = null;
    }
    inspected = agent;
    isInspecting = true;
    return Optional.of(new Inspect(agent.id()));
  }

  /** Whether nothing that an explanation is about has changed. */
  private static boolean isSameMoment(Agent agent, @Nullable Agent before) {
    if (before == null || !before.id().equals(agent.id())) {
      return false;
    }
    var plain = agent.view().plain();
    var old = before.view().plain();
    return before.since().equals(agent.since())
        && before.asks().equals(agent.asks())
        && Objects.equals(
            plain == null ? null : plain.evidence(), old == null ? null : old.evidence());
  }

  /**
   * Takes on an answer.
   *
   * @param explanation null if nobody can say
   */
  void explained(String id, @Nullable ExplanationView explanation) {
    isInspecting = false;
    why = inspected != null && inspected.id().equals(id) ? explanation : why;
  }

  /** Why {@code agent} is in its state; null while that is not known. */
  @Nullable ExplanationView why(Agent agent) {
    return inspected != null && inspected.id().equals(agent.id()) ? why : null;
  }
}
