package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import java.util.List;

/** Hooks of Kiro CLI, of both formats (harnesses §13). */
final class KiroEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.KIRO)
          .on(List.of("SessionStart", "agentSpawn"), _ -> new SessionStarted())
          .on(
              List.of("UserPromptSubmit", "userPromptSubmit"),
              facts -> new PromptSubmitted(facts.text("prompt")))
          .on(List.of("PreToolUse", "preToolUse"), ClaudeEvents::toolStarted)
          .on(List.of("PostToolUse", "postToolUse"), facts -> ClaudeEvents.toolEnded(facts, false))
          .on(List.of("Stop", "stop"), _ -> new TurnEnded())
          .on(List.of("PreTaskExec", "PostTaskExec"), _ -> new WorkSeen())
          .notice("PostFileCreate", "PostFileSave", "PostFileDelete", "Manual")
          .build();

  private KiroEvents() {}
}
