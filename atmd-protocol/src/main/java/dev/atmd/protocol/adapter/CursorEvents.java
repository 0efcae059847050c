package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.adapter.EventTable.Numbers;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks of Cursor CLI (harnesses §4). Nothing in them says that the user is being asked. */
final class CursorEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.CURSOR)
          .at(Place.SESSION, "parent_conversation_id", "conversation_id", "session_id")
          .at(Place.DIRECTORY, "cwd", "workspace_roots[0]")
          .at(Place.MODEL, "model_id", "model.id", "model")
          .numbers(CursorEvents::numbers)
          .on("sessionStart", _ -> new SessionStarted())
          .on("sessionEnd", _ -> new SessionEnded())
          .on("beforeSubmitPrompt", facts -> new PromptSubmitted(facts.text("prompt")))
          .on("preToolUse", ClaudeEvents::toolStarted)
          .on("postToolUse", facts -> ClaudeEvents.toolEnded(facts, false))
          .on("postToolUseFailure", ClaudeEvents::toolFailed)
          .on("beforeShellExecution", facts -> new ToolStarted(shell(facts)))
          .on("afterShellExecution", facts -> new ToolEnded(shell(facts), false))
          .on("beforeMCPExecution", ClaudeEvents::toolStarted)
          .on("afterMCPExecution", facts -> ClaudeEvents.toolEnded(facts, false))
          .on(List.of("beforeReadFile", "afterFileEdit"), _ -> new WorkSeen())
          .on("subagentStart", facts -> new SubagentStarted(id(facts), role(facts)))
          .on("subagentStop", facts -> new SubagentEnded(id(facts), role(facts)))
          .on("preCompact", _ -> new CompactionStarted())
          .on("stop", CursorEvents::stop)
          .notice("afterAgentResponse", "afterAgentThought")
          .build();

  private CursorEvents() {}

  private static ToolCall shell(Facts facts) {
    return new ToolCall("Shell", null, Questions.shortened(facts.text("command")));
  }

  private static @Nullable String id(Facts facts) {
    return facts.name("subagent_id");
  }

  private static @Nullable String role(Facts facts) {
    return facts.name("subagent_type");
  }

  private static LifecycleEvent stop(Facts facts) {
    return switch (facts.text("status")) {
      case "aborted" -> new TurnInterrupted();
      case "error" -> {
        var message = facts.text("error_message");
        yield new TurnFailed(message == null ? "error" : message, null);
      }
      case null, default -> new TurnEnded();
    };
  }

  private static Numbers numbers(Facts facts) {
    var percent = facts.number("context_usage_percent");
    var window = facts.count("context_window_size");
    if (percent == null && window == null) {
      return Numbers.NONE;
    }
    return Numbers.of(
        new StatusReport.Context(window, facts.count("context_tokens"), null, null, percent));
  }
}
