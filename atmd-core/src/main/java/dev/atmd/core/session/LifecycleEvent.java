package dev.atmd.core.session;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened to a session, in the one vocabulary that every harness is reduced to. */
public sealed interface LifecycleEvent {
  /** A conversation began, was resumed or was cleared. */
  record SessionStarted() implements LifecycleEvent {}

  /** The conversation is over; its session goes. */
  record SessionEnded() implements LifecycleEvent {}

  /** The user sent a prompt; null where the harness does not show it. */
  record PromptSubmitted(@Nullable String prompt) implements LifecycleEvent {}

  /** The agent began to work. */
  record TurnStarted() implements LifecycleEvent {}

  /** The agent is working, whatever it may be asking as well. */
  record WorkSeen() implements LifecycleEvent {}

  /**
   * The agent has nothing left to do.
   *
   * @param running the subagents that go on in the background; null where the harness does not say
   */
  record TurnEnded(@Nullable Set<String> running) implements LifecycleEvent {
    public TurnEnded {
      running = running == null ? null : Set.copyOf(running);
    }

    /** Of a harness that says nothing of its subagents. */
    public TurnEnded() {
      this(null);
    }
  }

  /**
   * The turn ended because something failed.
   *
   * @param reason why the user has to act before anything can go on; null if that is not so
   */
  record TurnFailed(String problem, @Nullable AttentionReason reason) implements LifecycleEvent {}

  /** The user stopped the turn. */
  record TurnInterrupted() implements LifecycleEvent {}

  /** The agent waits for its user. */
  record AttentionRaised(Question question) implements LifecycleEvent {
    public AttentionRaised(AttentionReason reason, String detail) {
      this(new Question(reason, detail, null, null, null, null));
    }
  }

  /**
   * The user has answered.
   *
   * @param requestId which question; null for all
   * @param reason of which kind; null for any
   */
  record AttentionCleared(@Nullable String requestId, @Nullable AttentionReason reason)
      implements LifecycleEvent {}

  record ToolStarted(ToolCall call) implements LifecycleEvent {
    public ToolStarted(String tool) {
      this(ToolCall.of(tool));
    }
  }

  record ToolEnded(ToolCall call, boolean failed) implements LifecycleEvent {
    public ToolEnded(String tool, boolean failed) {
      this(ToolCall.of(tool), failed);
    }
  }

  /** All tools that ran have ended. */
  record ToolsEnded() implements LifecycleEvent {}

  record CompactionStarted() implements LifecycleEvent {}

  /**
   * The conversation is shorter now.
   *
   * @param byUser whether the user had asked for it, so that no turn goes on after it
   */
  record CompactionEnded(boolean byUser) implements LifecycleEvent {}

  /** The harness runs its set-up hooks. */
  record SetupStarted() implements LifecycleEvent {}

  /**
   * The harness shows what it is doing as a whole.
   *
   * @param question what it waits with; null unless it needs attention
   */
  record StateShown(Status status, @Nullable String detail, @Nullable Question question)
      implements LifecycleEvent {}

  /** The harness said something that changes no state. */
  record Noticed() implements LifecycleEvent {}

  /** Tokens in the context and money spent by the session so far; null where not measured. */
  record UsageMeasured(@Nullable Long tokens, @Nullable Money cost) implements LifecycleEvent {}

  record ModelChanged(Model model) implements LifecycleEvent {}

  /** A subagent began; without an id it cannot be followed. */
  record SubagentStarted(@Nullable String agentId, @Nullable String role)
      implements LifecycleEvent {}

  /** A subagent ended: the named one, else the oldest of that role. */
  record SubagentEnded(@Nullable String agentId, @Nullable String role) implements LifecycleEvent {}
}
