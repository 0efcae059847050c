package dev.atmd.core.session;

import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.CompactionEnded;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SetupStarted;
import dev.atmd.core.session.LifecycleEvent.StateShown;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.ToolsEnded;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one agent is at after an event of it (docs/decisions/0011).
 *
 * <pre>
 * SessionStarted                   → idle; nothing of before matters
 * PromptSubmitted, TurnStarted     → working; every question is answered
 * WorkSeen                         → working; questions stay open
 * ToolStarted                      → working; its own questions are answered, for the agent goes on
 * ToolEnded                        → working; a question about that tool is answered
 * ToolsEnded                       → working; its own questions are answered
 * the same start or end once more  → nothing
 * a tool of a turn that is over    → nothing
 * AttentionRaised                  → attention needed; a reminder of what is open adds nothing
 * AttentionCleared                 → working; that question is answered
 *                                    idle, if it was asked at rest and nothing has happened since
 *                                    nothing, if nothing of the kind is asked
 * CompactionStarted, SetupStarted  → working
 * CompactionEnded                  → working, or idle where no turn goes on after it
 * SubagentStarted                  → working, if it was idle
 * SubagentEnded                    → idle, if nothing but its subagents showed work
 * TurnEnded, TurnInterrupted       → idle; every question is closed
 * TurnFailed                       → idle with the problem, or attention needed
 * StateShown                       → that state
 * Noticed, UsageMeasured, ModelChanged, SessionEnded → unchanged
 * </pre>
 *
 * A question of a subagent is shown by its parent as long as that subagent asks it.
 */
public final class StatePolicy {
  private static final String THINKING = "Thinking";
  private static final String COMPACTING = "Compacting";
  private static final String SETUP = "Setup";

  /** What starts a subagent; that it started means that it was allowed to. */
  private static final Set<String> SUBAGENT_TOOLS = Set.of("Task", "Agent");

  private StatePolicy() {}

  /** Changes the activity by what happened; answers the rule that applied, null if none did. */
  public static @Nullable Rule apply(Activity activity, LifecycleEvent event) {
    return switch (event) {
      case SessionStarted _ -> {
        activity.reset();
        yield Rule.BEGAN;
      }
      case PromptSubmitted _ -> beginTurn(activity, Rule.PROMPT);
      case TurnStarted _ -> beginTurn(activity, Rule.WORK);
      case WorkSeen _ -> workSeen(activity);
      case ToolStarted(var call) -> toolStarted(activity, call);
      case ToolEnded(var call, _) -> toolEnded(activity, call);
      case ToolsEnded _ -> {
        activity.endAllTools();
        var _ = activity.answerOwn();
        activity.work(THINKING, null);
        yield Rule.TOOL_ENDED;
      }
      case AttentionRaised(var question) -> asked(activity, question);
      case AttentionCleared(var requestId, var reason) -> answered(activity, requestId, reason);
      case CompactionStarted _ -> {
        activity.compact(COMPACTING);
        yield Rule.COMPACTING;
      }
      case CompactionEnded(var byUser) -> compacted(activity, byUser);
      case SetupStarted _ -> {
        activity.work(SETUP, null);
        yield Rule.SETUP;
      }
      case SubagentStarted(var agentId, _) -> subagentStarted(activity, agentId);
      case SubagentEnded(var agentId, _) -> subagentEnded(activity, agentId);
      case TurnEnded _ -> activity.isLockedOut() ? null : rest(activity, null, Rule.TURN_OVER);
      case TurnInterrupted _ -> rest(activity, null, Rule.INTERRUPTED);
      case TurnFailed(var problem, var reason) -> failed(activity, problem, reason);
      case StateShown shown -> shown(activity, shown);
      case Noticed _, UsageMeasured _, ModelChanged _, SessionEnded _ -> null;
    };
  }

  /**
   * Like {@link #apply} for an event that others have overtaken, of the same turn: it counts for
   * its own tool or question, and says nothing of what came after it.
   */
  public static @Nullable Rule applyLate(Activity activity, LifecycleEvent event) {
    switch (event) {
      case ToolStarted(var call) when !activity.isFinished(call) -> activity.start(call);
      case ToolEnded(var call, _) when activity.isWorking() -> {
        return toolEnded(activity, call);
      }
      case AttentionCleared(var requestId, var reason) -> {
        return answered(activity, requestId, reason);
      }
      case AttentionRaised(var question) when isOpen(activity, question.call()) -> {
        return asked(activity, question);
      }
      default -> {}
    }
    return null;
  }

  /** Whether a tool may still be waiting to be allowed. */
  private static boolean isOpen(Activity activity, @Nullable ToolCall call) {
    if (call == null) {
      return false;
    }
    return call.id() == null ? activity.isRunning(call) : !activity.isFinished(call);
  }

  /** Whether it is the late end of a tool whose turn is over: only a start begins another one. */
  public static boolean isOfThePast(Activity activity, LifecycleEvent event) {
    return activity.isResting() && (event instanceof ToolEnded || event instanceof ToolsEnded);
  }

  /** Whether a turn begins or ends by it: what was sent before it belongs to an earlier one. */
  public static boolean parts(LifecycleEvent event) {
    return begins(event)
        || event instanceof TurnEnded
        || event instanceof TurnInterrupted
        || event instanceof TurnFailed;
  }

  /**
   * Like {@link #apply} for an event of a subagent that is no session of its own: what it asks is
   * shown, and while others ask, nothing else of it is.
   */
  public static @Nullable Rule applyInside(
      Activity activity, SessionId subagent, LifecycleEvent event) {
    if (activity.questions().stream().anyMatch(open -> !subagent.equals(open.asker()))) {
      if (event instanceof ToolEnded(var call, _)) {
        activity.forget(call);
      }
      return null;
    }
    if (event instanceof AttentionRaised(var question)) {
      var _ = activity.showQuestion(subagent, question);
      return Rule.CHILD_ASKED;
    }
    var _ = activity.showQuestion(subagent, null);
    return apply(activity, event);
  }

  /** What the work of a subagent says of what its parent asks: the rule that applied, or null. */
  public static @Nullable Rule childWorks(Activity parent, LifecycleEvent event) {
    var shows = event instanceof ToolStarted || event instanceof ToolEnded;
    if (!shows || !parent.answerUnnamed(call -> SUBAGENT_TOOLS.contains(call.tool()))) {
      return null;
    }
    parent.workOn(THINKING);
    return Rule.ANSWERED;
  }

  /** The state that follows from an activity; {@code before} is the one until now. */
  public static SessionState stateOf(Activity activity, SessionState before, Instant at) {
    return activity.state(before, at);
  }

  /**
   * Takes over what a subagent asks, or that it asks nothing; says whether that changes anything.
   */
  public static boolean showQuestion(
      Activity parent, SessionId child, @Nullable Question question) {
    return parent.showQuestion(child, question);
  }

  /** A sign of life that says nothing else, of a session that says nothing better. */
  public static @Nullable Rule busy(Activity activity) {
    if (activity.isWorking()) {
      return null;
    }
    activity.work(null, null);
    return Rule.SHOWN_BUSY;
  }

  /** Whether a new turn or conversation begins by it: only that brings back what has ended. */
  public static boolean begins(LifecycleEvent event) {
    return event instanceof SessionStarted
        || event instanceof PromptSubmitted
        || event instanceof TurnStarted;
  }

  /** Whether the event says anything of the state, so that an earlier one comes too late. */
  public static boolean decides(LifecycleEvent event) {
    return switch (event) {
      case Noticed _, UsageMeasured _, ModelChanged _, SessionEnded _ -> false;
      case SubagentStarted _, SubagentEnded _ -> false;
      case SessionStarted _,
          TurnEnded _,
          TurnFailed _,
          TurnInterrupted _,
          PromptSubmitted _,
          TurnStarted _,
          WorkSeen _,
          AttentionRaised _,
          AttentionCleared _,
          ToolStarted _,
          ToolEnded _,
          ToolsEnded _,
          CompactionStarted _,
          CompactionEnded _,
          SetupStarted _,
          StateShown _ ->
          true;
    };
  }

  private static Rule beginTurn(Activity activity, Rule rule) {
    activity.beginTurn();
    return rule;
  }

  private static @Nullable Rule workSeen(Activity activity) {
    if (activity.isWorking()) {
      return null;
    }
    activity.work(null, null);
    return Rule.WORK;
  }

  private static @Nullable Rule toolStarted(Activity activity, ToolCall call) {
    if (activity.isFinished(call) || activity.isStarted(call)) {
      return null;
    }
    var _ = activity.answerOwn();
    activity.start(call);
    activity.work(call.tool(), call.target());
    return Rule.TOOL_STARTED;
  }

  private static @Nullable Rule toolEnded(Activity activity, ToolCall call) {
    if (activity.isFinished(call)) {
      return null;
    }
    activity.end(call);
    activity.workOn(THINKING);
    return Rule.TOOL_ENDED;
  }

  private static @Nullable Rule asked(Activity activity, Question question) {
    var call = question.call();
    if (call != null && activity.isFinished(call)) {
      return null;
    }
    if (call != null && call.id() != null) {
      activity.start(call);
    }
    if (!activity.isWorking()) {
      beginAsking(activity, question);
    }
    activity.ask(question);
    return Rule.ASKED;
  }

  /** A tool is asked about in a turn, be it one that nothing has been heard of. */
  private static void beginAsking(Activity activity, Question question) {
    if (question.call() != null || question.reason() == AttentionReason.PERMISSION) {
      activity.work(null, null);
    } else {
      activity.askAtRest();
    }
  }

  private static @Nullable Rule answered(
      Activity activity, @Nullable String requestId, @Nullable AttentionReason reason) {
    if (!activity.answer(requestId, reason)) {
      return null;
    }
    if (activity.hasOnlyAsked()) {
      return rest(activity, null, Rule.ANSWERED);
    }
    if (!activity.isAskingAtRest()) {
      activity.workOn(THINKING);
    }
    return Rule.ANSWERED;
  }

  private static @Nullable Rule compacted(Activity activity, boolean byUser) {
    if (!activity.isCompacting() && !byUser) {
      return null;
    }
    if (activity.compactedAtRest() || byUser) {
      return rest(activity, null, Rule.COMPACTED_BY_USER);
    }
    activity.workOn(THINKING);
    return Rule.COMPACTED;
  }

  private static @Nullable Rule subagentStarted(Activity activity, @Nullable String agentId) {
    var wasWorking = activity.isWorking();
    var answers =
        activity.questions().stream()
            .anyMatch(open -> open.call() != null && SUBAGENT_TOOLS.contains(open.call().tool()));
    if (answers) {
      var _ = activity.answerOwn();
    }
    activity.begin(agentId == null ? "" : agentId);
    return wasWorking && !answers ? null : Rule.SUBAGENT_RUNS;
  }

  private static @Nullable Rule subagentEnded(Activity activity, @Nullable String agentId) {
    return activity.end(agentId == null ? "" : agentId)
        ? rest(activity, null, Rule.SUBAGENTS_DONE)
        : null;
  }

  private static Rule failed(Activity activity, String problem, @Nullable AttentionReason reason) {
    activity.rest(problem);
    if (reason != null) {
      activity.ask(new Question(reason, problem, null, null, null, null));
    }
    return Rule.FAILED;
  }

  private static Rule shown(Activity activity, StateShown shown) {
    switch (shown.status()) {
      case IDLE -> activity.rest(shown.detail());
      case WORKING -> {
        var _ = activity.answerOwn();
        activity.work(shown.detail(), null);
      }
      case ATTENTION_NEEDED -> {
        if (!activity.isWorking()) {
          activity.work(shown.detail(), null);
        }
        if (shown.question() != null) {
          activity.ask(shown.question());
        }
      }
    }
    return Rule.SHOWN;
  }

  private static Rule rest(Activity activity, @Nullable String problem, Rule rule) {
    activity.rest(problem);
    return rule;
  }
}
