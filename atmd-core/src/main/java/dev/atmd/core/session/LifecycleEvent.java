package dev.atmd.core.session;

import org.jspecify.annotations.Nullable;

/** What happened to a session, in the one vocabulary that every harness is reduced to. */
public sealed interface LifecycleEvent {
  /** A conversation began, was resumed or was cleared. */
  record SessionStarted() implements LifecycleEvent {}

  /** The conversation is over; its session goes. */
  record SessionEnded() implements LifecycleEvent {}

  /** The user sent a prompt; null where the harness does not show it. */
  record PromptSubmitted(@Nullable String prompt) implements LifecycleEvent {}

  /** The agent began to work, or went on after its user answered. */
  record TurnStarted() implements LifecycleEvent {}

  /** The agent has nothing left to do. */
  record TurnEnded() implements LifecycleEvent {}

  /** The agent waits for its user. The detail says for what. */
  record AttentionRaised(AttentionReason reason, String detail) implements LifecycleEvent {}

  record ToolStarted(String tool) implements LifecycleEvent {}

  record ToolEnded(String tool, boolean failed) implements LifecycleEvent {}

  record CompactionStarted() implements LifecycleEvent {}

  /** The harness runs its set-up hooks. */
  record SetupStarted() implements LifecycleEvent {}

  /** The harness said something that changes no state. */
  record Noticed() implements LifecycleEvent {}

  /** Tokens in the context and money spent by the session so far; null where not measured. */
  record UsageMeasured(@Nullable Long tokens, @Nullable Money cost) implements LifecycleEvent {}

  record ModelChanged(Model model) implements LifecycleEvent {}

  /** A subagent began; without an id it cannot be followed. */
  record SubagentStarted(@Nullable String agentId, @Nullable String role)
      implements LifecycleEvent {}

  record SubagentEnded(@Nullable String agentId) implements LifecycleEvent {}
}
