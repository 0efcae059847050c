package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.List;

/** Hooks of Goose (harnesses §11). */
final class GooseEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.GOOSE)
          .at(Place.EVENT, "event", "hook_event_name")
          .at(Place.DIRECTORY, "working_dir", "cwd")
          .on("SessionStart", _ -> new SessionStarted())
          .on("SessionEnd", _ -> new SessionEnded())
          .on("UserPromptSubmit", facts -> new PromptSubmitted(facts.text("message", "prompt")))
          .on("PreToolUse", ClaudeEvents::toolStarted)
          .on("PostToolUse", facts -> ClaudeEvents.toolEnded(facts, false))
          .on("PostToolUseFailure", facts -> ClaudeEvents.toolEnded(facts, true))
          .on("Stop", _ -> new TurnEnded())
          .on(
              List.of(
                  "BeforeReadFile",
                  "AfterFileEdit",
                  "BeforeShellExecution",
                  "AfterShellExecution",
                  "PreToolUseResult"),
              _ -> new WorkSeen())
          .build();

  private GooseEvents() {}
}
