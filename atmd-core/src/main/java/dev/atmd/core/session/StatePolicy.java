package dev.atmd.core.session;

import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SetupStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a session does after an event (atm-behaviour §6).
 *
 * <pre>
 * SessionStarted, TurnEnded            any       → idle
 * PromptSubmitted, TurnStarted         any       → working
 * ToolStarted, ToolEnded, Compaction…  any       → working (a question of another agent stays open)
 * Setup…                               any       → working
 * AttentionRaised                      any       → attention needed
 * SubagentStarted, SubagentEnded       idle      → working
 * Noticed, UsageMeasured, ModelChanged any       → unchanged
 * any event of a subagent              attention needed by another agent → unchanged
 * </pre>
 */
public final class StatePolicy {
  private static final String THINKING = "Thinking";
  private static final String COMPACTING = "Compacting";
  private static final String SETUP = "Setup";

  private StatePolicy() {}

  /** The state after {@code event}, which the agent {@code agentId} (null: the main one) caused. */
  public static SessionState next(
      SessionState state, LifecycleEvent event, @Nullable String agentId, Instant now) {
    if (agentId != null && isOthersQuestion(state, agentId)) {
      return state;
    }
    return switch (event) {
      case SessionStarted _, TurnEnded _ -> idle(state, now);
      case SessionEnded _ -> state;
      case PromptSubmitted _, TurnStarted _ -> working(state, null, now);
      case AttentionRaised(var reason, var detail) -> waiting(state, detail, reason, agentId, now);
      case ToolStarted(var tool) -> progress(state, tool, agentId, now);
      case ToolEnded _ -> progress(state, THINKING, agentId, now);
      case CompactionStarted _ -> progress(state, COMPACTING, agentId, now);
      case SetupStarted _ -> working(state, SETUP, now);
      case SubagentStarted _, SubagentEnded _ -> busy(state, now);
      case Noticed _, UsageMeasured _, ModelChanged _ -> state;
    };
  }

  /** Whether the event says anything of the state, so that an earlier one comes too late. */
  public static boolean decides(LifecycleEvent event) {
    return switch (event) {
      case Noticed _, UsageMeasured _, ModelChanged _, SessionEnded _ -> false;
      case SessionStarted _,
          TurnEnded _,
          PromptSubmitted _,
          TurnStarted _,
          AttentionRaised _,
          ToolStarted _,
          ToolEnded _,
          CompactionStarted _,
          SetupStarted _,
          SubagentStarted _,
          SubagentEnded _ ->
          true;
    };
  }

  /** The state after a sign of life that says nothing else: an open question stays open. */
  public static SessionState busy(SessionState state, Instant now) {
    return state instanceof Idle ? new Working(now, null) : state;
  }

  private static SessionState progress(
      SessionState state, String detail, @Nullable String agentId, Instant now) {
    return isOthersQuestion(state, agentId) ? state : working(state, detail, now);
  }

  private static boolean isOthersQuestion(SessionState state, @Nullable String agentId) {
    return state instanceof AttentionNeeded open && !Objects.equals(open.agentId(), agentId);
  }

  private static SessionState idle(SessionState state, Instant now) {
    return state instanceof Idle ? state : new Idle(now);
  }

  private static SessionState working(SessionState state, @Nullable String detail, Instant now) {
    return new Working(state instanceof Working ? state.since() : now, detail);
  }

  private static SessionState waiting(
      SessionState state,
      String detail,
      AttentionReason reason,
      @Nullable String agentId,
      Instant now) {
    var since = state instanceof AttentionNeeded ? state.since() : now;
    return new AttentionNeeded(since, detail, reason, agentId);
  }
}
