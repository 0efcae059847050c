package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.FORM;
import static dev.atmd.core.session.AttentionReason.PERMISSION;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks of Copilot CLI, whose names may be spelt in two ways (harnesses §5). */
final class CopilotEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.COPILOT)
          .at(Place.SESSION, "session_id", "sessionId")
          .on(List.of("SessionStart", "sessionStart"), _ -> new SessionStarted())
          .on(List.of("SessionEnd", "sessionEnd"), _ -> new SessionEnded())
          .on(
              List.of("UserPromptSubmit", "userPromptSubmitted"),
              facts -> new PromptSubmitted(facts.text("prompt")))
          .on(List.of("PreToolUse", "preToolUse"), CopilotEvents::toolStarted)
          .on(List.of("PostToolUse", "postToolUse"), facts -> new ToolEnded(call(facts), false))
          .on(
              List.of("PostToolUseFailure", "postToolUseFailure"),
              facts -> new ToolEnded(call(facts), true))
          .on(List.of("Notification", "notification"), CopilotEvents::notification)
          .on(List.of("Stop", "agentStop"), _ -> new TurnEnded())
          .on(
              List.of("SubagentStart", "subagentStart"),
              facts -> new SubagentStarted(agent(facts), role(facts)))
          .on(
              List.of("SubagentStop", "subagentStop"),
              facts -> new SubagentEnded(agent(facts), role(facts)))
          .on(List.of("ErrorOccurred", "errorOccurred"), CopilotEvents::error)
          .on(List.of("PreCompact", "preCompact"), _ -> new CompactionStarted())
          // It comes before the rules that may answer it: nobody has been asked yet.
          .notice("PermissionRequest", "permissionRequest")
          .build();

  private CopilotEvents() {}

  private static ToolCall call(Facts facts) {
    var tool = facts.name("tool_name", "toolName");
    return new ToolCall(
        tool == null ? "tool" : tool,
        facts.name("tool_use_id", "toolUseId", "toolCallId"),
        Questions.target(facts, facts.has("tool_input") ? "tool_input." : "toolArgs."));
  }

  private static LifecycleEvent toolStarted(Facts facts) {
    var call = call(facts);
    return Questions.asks(call) ? Questions.aboutTool(facts, call) : new ToolStarted(call);
  }

  private static @Nullable String agent(Facts facts) {
    return facts.name("agent_id", "agentId", "id");
  }

  private static @Nullable String role(Facts facts) {
    return facts.name("agent_type", "agentType", "agent_name", "agentName", "type", "name");
  }

  private static LifecycleEvent notification(Facts facts) {
    var message = facts.text("message");
    return switch (facts.text("notification_type", "notificationType")) {
      case "permission_prompt" -> Questions.reminder(PERMISSION, "Permission", message);
      case "elicitation_dialog" -> Questions.reminder(FORM, "MCP Input", message);
      case "agent_idle" -> new TurnEnded();
      case null, default -> new Noticed();
    };
  }

  private static LifecycleEvent error(Facts facts) {
    var message = facts.text("error.message", "error");
    return facts.isTrue("recoverable")
        ? new Noticed()
        : new TurnFailed(message == null ? "error" : message, null);
  }
}
