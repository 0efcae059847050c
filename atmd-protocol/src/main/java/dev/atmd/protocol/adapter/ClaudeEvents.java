package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.AUTH;
import static dev.atmd.core.session.AttentionReason.FORM;
import static dev.atmd.core.session.AttentionReason.LIMIT;
import static dev.atmd.core.session.AttentionReason.PERMISSION;
import static dev.atmd.core.session.AttentionReason.QUESTION;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.CompactionEnded;
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
import dev.atmd.core.session.LifecycleEvent.ToolsEnded;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hooks of Claude Code (harnesses §1.3 to §1.5), and the words that others took from them. */
final class ClaudeEvents {
  /** Background tasks that are agents. */
  private static final Set<String> AGENTS = Set.of("subagent", "teammate", "workflow");

  /** What {@code StopFailure} says when only the user can help. */
  private static final Set<String> AUTH_ERRORS =
      Set.of(
          "authentication_failed",
          "oauth_org_not_allowed",
          "account_on_hold",
          "billing_error",
          "cloud_credential_error",
          "verification_required");

  /** What harnesses with hooks of this shape share. */
  static final EventTable SHARED =
      EventTable.of(Harness.CLAUDE)
          .on("SessionStart", ClaudeEvents::sessionStart)
          .on("SessionEnd", _ -> new SessionEnded())
          .on("UserPromptSubmit", facts -> new PromptSubmitted(facts.text("prompt")))
          .on("PreToolUse", ClaudeEvents::toolStarted)
          .on("PermissionRequest", ClaudeEvents::permissionRequest)
          .on("PermissionDenied", facts -> toolEnded(facts, true))
          .on("PostToolUse", facts -> toolEnded(facts, false))
          .on("PostToolUseFailure", ClaudeEvents::toolFailed)
          .on("Notification", ClaudeEvents::notification)
          .on("SubagentStart", ClaudeEvents::subagentStart)
          .on("SubagentStop", ClaudeEvents::subagentStop)
          .on("Stop", ClaudeEvents::stop)
          .on("StopFailure", ClaudeEvents::failure)
          .on("PreCompact", _ -> new CompactionStarted())
          .on("PostCompact", facts -> new CompactionEnded(facts.is("trigger", "manual")))
          .build();

  static final EventTable TABLE =
      EventTable.of(Harness.CLAUDE)
          .like(SHARED)
          .at(Place.AGENT, "agent_id", "agentId")
          .at(Place.ROLE, "agent_type")
          .at(Place.DIRECTORY, "new_cwd", "cwd")
          .at(Place.MODEL, "model.id", "model")
          .numbers(StatusFacts::numbers)
          .on("PostToolBatch", _ -> new ToolsEnded())
          .on("Elicitation", ClaudeEvents::elicitation)
          .on("ElicitationResult", facts -> new AttentionCleared(form(facts), FORM))
          .on("PostModelSwitch", ClaudeEvents::modelSwitch)
          .on("Setup", _ -> new SetupStarted())
          // Events of a mod, which runs inside Claude Code (harnesses §1.4).
          .on("turn.start", _ -> new TurnStarted())
          .on(List.of("tool.call", "ToolStart"), ClaudeEvents::toolCalled)
          .on("ToolEnd", ClaudeEvents::toolReturned)
          .on("agent.spawn", ClaudeEvents::subagentStart)
          .on(List.of("turn.complete", "TurnComplete"), ClaudeEvents::turnComplete)
          .notice(
              "UserPromptExpansion",
              "MessageDisplay",
              "TaskCreated",
              "TaskCompleted",
              "TeammateIdle",
              "InstructionsLoaded",
              "ConfigChange",
              "CwdChanged",
              "DirectoryAdded",
              "FileChanged",
              "WorktreeCreate",
              "WorktreeRemove",
              "PreModelSwitch",
              "session.start",
              "session.measure")
          .build();

  private ClaudeEvents() {}

  /** A conversation goes on after a compaction; it does not begin. */
  private static LifecycleEvent sessionStart(Facts facts) {
    return facts.is("source", "compact") ? new CompactionEnded(false) : new SessionStarted();
  }

  static @Nullable LifecycleEvent toolStarted(Facts facts) {
    return started(facts, Questions.call(facts));
  }

  private static @Nullable LifecycleEvent toolCalled(Facts facts) {
    return started(facts, callOfMod(facts));
  }

  private static @Nullable LifecycleEvent toolReturned(Facts facts) {
    var call = callOfMod(facts);
    return call == null ? null : new ToolEnded(call, false);
  }

  private static @Nullable ToolCall callOfMod(Facts facts) {
    return Questions.call(facts, facts.name("tool"), facts.name("tool_use_id"), "input.");
  }

  private static @Nullable LifecycleEvent started(Facts facts, @Nullable ToolCall call) {
    if (call == null) {
      return null;
    }
    return Questions.asks(call) ? Questions.aboutTool(facts, call) : new ToolStarted(call);
  }

  private static @Nullable LifecycleEvent permissionRequest(Facts facts) {
    var call = Questions.call(facts);
    return call == null ? null : Questions.aboutTool(facts, call);
  }

  static @Nullable LifecycleEvent toolEnded(Facts facts, boolean failed) {
    var call = Questions.call(facts);
    return call == null ? null : new ToolEnded(call, failed);
  }

  static @Nullable LifecycleEvent toolFailed(Facts facts) {
    return facts.isTrue("is_interrupt") ? new TurnInterrupted() : toolEnded(facts, true);
  }

  private static LifecycleEvent notification(Facts facts) {
    var message = facts.text("message");
    return switch (facts.text("notification_type")) {
      case "permission_prompt", "ToolPermission" ->
          Questions.reminder(PERMISSION, "Permission", message);
      case "elicitation_dialog", "elicitation_url_dialog" ->
          Questions.reminder(FORM, "MCP Input", message);
      case "elicitation_complete", "elicitation_response" -> new AttentionCleared(null, FORM);
      case "idle_prompt", "agent_idle" -> new TurnEnded();
      case "agent_needs_input" -> Questions.reminder(QUESTION, "Agent", message);
      case "quota_auto_resume_fired" -> new TurnStarted();
      case "quota_auto_resume_stale", "quota_auto_resume_disabled" ->
          Questions.reminder(LIMIT, "Limit", message);
      case "setup" -> new SetupStarted();
      case null, default -> new Noticed();
    };
  }

  private static LifecycleEvent subagentStart(Facts facts) {
    return new SubagentStarted(facts.name("agent_id", "agentId"), role(facts));
  }

  private static LifecycleEvent subagentStop(Facts facts) {
    return new SubagentEnded(facts.name("agent_id", "agentId"), role(facts));
  }

  private static @Nullable String role(Facts facts) {
    return facts.name("agent_type", "agent_name", "type");
  }

  /** The turn is over; newer versions list what goes on in the background. */
  private static LifecycleEvent stop(Facts facts) {
    var tasks = facts.elements("background_tasks");
    if (tasks < 0) {
      return new TurnEnded();
    }
    var running = new HashSet<String>();
    for (var i = 0; i < tasks; i++) {
      var task = "background_tasks[" + i + "].";
      var id = facts.name(task + "agent_id", task + "id", task + "name");
      var type = facts.text(task + "type");
      if (id != null && type != null && AGENTS.contains(type) && isRunning(facts, task)) {
        running.add(id);
      }
    }
    return new TurnEnded(running);
  }

  private static boolean isRunning(Facts facts, String task) {
    return switch (facts.text(task + "status")) {
      case "completed", "done", "failed", "stopped", "killed", "error" -> false;
      case null, default -> true;
    };
  }

  private static LifecycleEvent failure(Facts facts) {
    var error = facts.name("error");
    var problem = error == null ? "unknown" : error;
    return new TurnFailed(problem, AUTH_ERRORS.contains(problem) ? AUTH : null);
  }

  private static LifecycleEvent elicitation(Facts facts) {
    var form = form(facts);
    return Questions.raised(
        FORM, "MCP Input", facts.text("message"), form == null ? "form of a server" : form, null);
  }

  /** By its id, else by its server; null where neither is named. */
  private static @Nullable String form(Facts facts) {
    return facts.name("elicitation_id", "mcp_server_name");
  }

  private static LifecycleEvent modelSwitch(Facts facts) {
    var model = facts.name("to_model");
    return model == null ? new Noticed() : new ModelChanged(Model.of(model, null));
  }

  private static LifecycleEvent turnComplete(Facts facts) {
    return facts.isTrue("isAborted") || facts.isTrue("aborted")
        ? new TurnInterrupted()
        : new TurnEnded();
  }
}
