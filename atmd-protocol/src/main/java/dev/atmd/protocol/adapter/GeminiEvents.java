package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.PERMISSION;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;

/** Hooks of Gemini CLI (harnesses §6.2). */
final class GeminiEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.GEMINI)
          .on("SessionStart", _ -> new SessionStarted())
          .on("SessionEnd", _ -> new SessionEnded())
          .on("BeforeAgent", facts -> new PromptSubmitted(facts.text("prompt")))
          .on("AfterAgent", _ -> new TurnEnded())
          .on("BeforeTool", ClaudeEvents::toolStarted)
          .on("AfterTool", facts -> ClaudeEvents.toolEnded(facts, facts.has("tool_response.error")))
          .on("Notification", GeminiEvents::notification)
          .on("PreCompress", _ -> new CompactionStarted())
          .notice("BeforeModel", "AfterModel", "BeforeToolSelection")
          .build();

  private GeminiEvents() {}

  private static LifecycleEvent notification(Facts facts) {
    return facts.is("notification_type", "ToolPermission")
        ? Questions.reminder(PERMISSION, "Permission", facts.text("message"))
        : new Noticed();
  }
}
