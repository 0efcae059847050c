package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.LifecycleReport.Details;
import dev.atmd.core.registry.LifecycleReport.Signal;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SetupStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.json.PayloadReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that Claude Code gives a hook, and other harnesses after it (atm-protocol §5.3, the
 * meaning in atm-behaviour §6.1):
 *
 * <pre>
 * {"session_id":"5b1c…","hook_event_name":"PreToolUse","tool_name":"Bash","pid":41234}
 * </pre>
 */
public final class HookEvent {
  private final PayloadReader in;
  private boolean idThere;
  private boolean nameThere;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable Pid pid;
  private @Nullable TmuxPane pane;
  private @Nullable String tool;
  private @Nullable String prompt;
  private @Nullable String agentId;
  private @Nullable String agentType;
  private @Nullable String notification;

  private HookEvent(PayloadReader in) {
    this.in = in;
  }

  /** Reads the current value of {@code in}, whole. */
  public static Payload read(PayloadReader in, Harness harness) throws IOException {
    var hook = new HookEvent(in);
    if (in.isArray()) {
      in.wrongLength("struct RawHookEvent with 22 elements");
    } else if (in.beginObject("struct RawHookEvent")) {
      hook.readFields();
    }
    return hook.payload(harness);
  }

  private void readFields() throws IOException {
    for (var field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "session_id" -> {
          id = in.name();
          idThere = true;
        }
        case "hook_event_name" -> {
          name = in.string();
          nameThere = true;
        }
        case "pid" -> pid = Values.pid(in.optionalU32());
        case "tmux_pane" -> pane = TmuxPane.ofNullable(in.optionalName());
        case "tool_name" -> tool = in.optionalName();
        case "prompt" -> prompt = in.optionalString();
        case "agent_id" -> agentId = in.optionalName();
        case "agent_type" -> agentType = in.optionalName();
        case "notification_type" -> notification = in.optionalString();
        case "cwd",
            "permission_mode",
            "tool_use_id",
            "agent_transcript_path",
            "source",
            "reason",
            "model",
            "trigger",
            "custom_instructions",
            "message" ->
            in.optionalString();
        case "stop_hook_active" -> in.optionalBoolean();
        default -> in.skip();
      }
    }
    if (!idThere) {
      in.missing("session_id");
    }
    if (!nameThere) {
      in.missing("hook_event_name");
    }
  }

  private Payload payload(Harness harness) {
    if (in.problem() != null || id == null || name == null) {
      return new Payload.Invalid("Parse error: " + in.problem());
    }
    var event = event(name);
    return event == null
        ? new Payload.Meaningless(name)
        : new Payload.Lifecycle(
            new LifecycleReport(
                SessionId.of(id),
                pid,
                harness,
                pane,
                actor(event),
                event,
                new Signal(name, SignalTier.EVENT),
                Details.NONE));
  }

  /** The subagent the event happened to. Its own start and end happen to the one that has it. */
  private @Nullable String actor(LifecycleEvent event) {
    return event instanceof SubagentStarted || event instanceof SubagentEnded ? null : agentId;
  }

  private @Nullable LifecycleEvent event(String hook) {
    return switch (hook) {
      case "SessionStart" -> new SessionStarted();
      case "SessionEnd" -> new SessionEnded();
      case "UserPromptSubmit" -> new PromptSubmitted(prompt);
      case "PreToolUse" -> hasTool() ? toolStarted(Tools.trimmed(tool)) : null;
      case "PermissionRequest" ->
          hasTool() ? asks(AttentionReason.PERMISSION, Tools.trimmed(tool)) : null;
      case "PostToolUse" -> hasTool() ? new ToolEnded(Tools.trimmed(tool), false) : null;
      case "PostToolUseFailure" -> hasTool() ? new ToolEnded(Tools.trimmed(tool), true) : null;
      case "Stop" -> new TurnEnded();
      case "SubagentStart" -> new SubagentStarted(agentId, agentType);
      case "SubagentStop" -> new SubagentEnded(agentId, agentType);
      case "PreCompact" -> new CompactionStarted();
      case "Setup" -> new SetupStarted();
      case "Notification" -> notified();
      default -> null;
    };
  }

  private boolean hasTool() {
    return tool != null && !tool.isEmpty();
  }

  private static LifecycleEvent toolStarted(String tool) {
    return switch (tool) {
      case "AskUserQuestion" -> asks(AttentionReason.QUESTION, tool);
      case "EnterPlanMode", "ExitPlanMode" -> asks(AttentionReason.PLAN, tool);
      default -> new ToolStarted(tool);
    };
  }

  /** A question about a tool, whose end answers it whatever else runs. */
  private static LifecycleEvent asks(AttentionReason reason, String tool) {
    var call = new ToolCall(tool, null, null);
    return new AttentionRaised(new Question(reason, tool, null, null, call, null));
  }

  private LifecycleEvent notified() {
    return switch (notification) {
      case "permission_prompt" -> new AttentionRaised(AttentionReason.PERMISSION, "Permission");
      case "elicitation_dialog" -> new AttentionRaised(AttentionReason.FORM, "MCP Input");
      case "idle_prompt" -> new TurnEnded();
      case "setup" -> new SetupStarted();
      case null, default -> new Noticed();
    };
  }
}
