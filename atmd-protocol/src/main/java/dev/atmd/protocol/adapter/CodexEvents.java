package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.PERMISSION;
import static dev.atmd.core.session.AttentionReason.QUESTION;

import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.StateShown;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Status;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.adapter.EventTable.Place;
import org.jspecify.annotations.Nullable;

/** Hooks, the notify program and the app-server of Codex (harnesses §2). */
final class CodexEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.CODEX)
          .like(ClaudeEvents.SHARED)
          .at(Place.EVENT, "hook_event_name", "type", "method")
          .at(
              Place.SESSION,
              "session_id",
              "thread-id",
              "params.threadId",
              "params.thread.id",
              "params.thread_id")
          .at(Place.AGENT, "agent_id")
          .at(Place.ROLE, "agent_type")
          .at(Place.DIRECTORY, "cwd", "params.thread.cwd")
          .at(Place.MODEL, "model")
          .on("Interrupt", _ -> new TurnInterrupted())
          .on("agent-turn-complete", _ -> new TurnEnded())
          .on("thread/started", _ -> new SessionStarted())
          .on("thread/closed", _ -> new SessionEnded())
          .on("thread/status/changed", CodexEvents::status)
          .on("turn/started", _ -> new TurnStarted())
          .on("turn/completed", CodexEvents::turnCompleted)
          .on("item/started", facts -> item(facts, true))
          .on("item/completed", facts -> item(facts, false))
          .notice(
              "thread/name/updated",
              "thread/tokenUsage/updated",
              "item/agentMessage/delta",
              "item/commandExecution/outputDelta")
          .build();

  private CodexEvents() {}

  private static @Nullable LifecycleEvent status(Facts facts) {
    return switch (facts.text("params.status.type", "params.status")) {
      case "idle" -> new StateShown(Status.IDLE, null, null);
      case "systemError" -> new StateShown(Status.IDLE, "system error", null);
      case "active" -> active(facts);
      case null, default -> null;
    };
  }

  private static LifecycleEvent active(Facts facts) {
    for (var i = 0; i < facts.elements("params.status.activeFlags"); i++) {
      switch (facts.text("params.status.activeFlags[" + i + "]")) {
        case "waitingOnApproval" -> {
          return waiting(PERMISSION, "Permission");
        }
        case "waitingOnUserInput" -> {
          return waiting(QUESTION, "Question");
        }
        case null, default -> {}
      }
    }
    return new StateShown(Status.WORKING, null, null);
  }

  private static LifecycleEvent waiting(AttentionReason reason, String detail) {
    return new StateShown(
        Status.ATTENTION_NEEDED, null, Questions.question(reason, detail, null, "shown", null));
  }

  private static LifecycleEvent turnCompleted(Facts facts) {
    return switch (facts.text("params.turn.status", "params.turn.status.type")) {
      case "interrupted" -> new TurnInterrupted();
      case "failed" -> {
        var error = facts.text("params.turn.error.message");
        yield new TurnFailed(error == null ? "failed" : error, null);
      }
      case null, default -> new TurnEnded();
    };
  }

  private static @Nullable LifecycleEvent item(Facts facts, boolean started) {
    var tool =
        switch (facts.text("params.item.type")) {
          case "commandExecution", "command_execution" -> "Bash";
          case "fileChange", "file_change" -> "apply_patch";
          case "mcpToolCall", "mcp_tool_call" -> facts.name("params.item.tool");
          case null, default -> null;
        };
    if (tool == null) {
      return null;
    }
    var target = Questions.shortened(facts.text("params.item.command"));
    var call = new ToolCall(tool, facts.name("params.item.id"), target);
    return started ? new ToolStarted(call) : new ToolEnded(call, false);
  }
}
