package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.LifecycleReport.Details;
import dev.atmd.core.registry.LifecycleReport.Signal;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.protocol.json.PayloadReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the pi extension sends (atm-protocol §5.4, the meaning in atm-behaviour §6.2):
 *
 * <pre>
 * {"event":"tool_call","payload":{"toolName":"bash","toolCallId":"c1"},"session_id":"s1","pid":4711}
 * </pre>
 */
public final class PiEvent {
  private final PayloadReader in;
  private boolean eventThere;
  private @Nullable String event;
  private @Nullable String id;
  private boolean pidThere;
  private @Nullable Pid pid;
  private @Nullable TmuxPane pane;
  private @Nullable String tool;
  private @Nullable String source;
  private @Nullable String text;
  private @Nullable String model;
  private @Nullable String title;
  private boolean isError;
  private boolean needsUserInput;
  private @Nullable UsageMeasured usage;

  private PiEvent(PayloadReader in) {
    this.in = in;
  }

  /** Reads the current value of {@code in}, whole. */
  public static Payload read(PayloadReader in) throws IOException {
    var pi = new PiEvent(in);
    if (in.isArray()) {
      in.wrongLength("struct RawPiEvent with 5 elements");
    } else if (in.beginObject("struct RawPiEvent")) {
      pi.readFields();
    }
    return pi.payload();
  }

  private void readFields() throws IOException {
    for (var field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "event" -> {
          event = in.string();
          eventThere = true;
        }
        case "payload" -> {
          if (in.beginObject("struct PiPayload")) {
            readPayload();
          }
        }
        case "session_id" -> id = in.optionalName();
        case "pid" -> {
          pidThere = !in.isNull();
          pid = Values.pid(in.optionalU32());
        }
        case "tmux_pane" -> pane = TmuxPane.ofNullable(in.optionalName());
        default -> in.skip();
      }
    }
    if (!eventThere) {
      in.missing("event");
    }
  }

  private void readPayload() throws IOException {
    for (var field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "toolName" -> tool = in.optionalName();
        case "source" -> source = in.optionalString();
        case "text" -> text = in.optionalString();
        case "model" -> model = in.optionalName();
        case "title" -> title = in.optionalName();
        case "isError" -> isError = Boolean.TRUE.equals(in.optionalBoolean());
        case "needs_user_input" -> needsUserInput = Boolean.TRUE.equals(in.optionalBoolean());
        case "toolCallId", "reason", "provider" -> in.optionalString();
        case "messages" -> usage = PiUsage.readLast(in);
        default -> in.skip();
      }
    }
  }

  private Payload payload() {
    if (in.problem() != null || event == null) {
      return new Payload.Invalid("Parse error: " + in.problem());
    }
    var happened = event(event);
    if (happened == null) {
      return new Payload.Meaningless(event);
    }
    var session = session();
    if (session != null) {
      return new Payload.Lifecycle(
          new LifecycleReport(
              session,
              pid,
              Harness.PI,
              pane,
              null,
              happened,
              new Signal(event, SignalTier.EVENT),
              Details.NONE));
    }
    return pidThere
        ? new Payload.Meaningless(event)
        : new Payload.Invalid(
            "Parse error: pi event missing both session_id and pid; cannot attribute");
  }

  private @Nullable SessionId session() {
    if (id != null) {
      return SessionId.of(id);
    }
    return pid == null ? null : new SessionId.Pending(pid);
  }

  private @Nullable LifecycleEvent event(String name) {
    return switch (name) {
      case "session_start" -> new SessionStarted();
      case "session_shutdown" -> new SessionEnded();
      case "agent_start", "atm_needs_input_resolved" -> new TurnStarted();
      case "agent_end" -> new TurnEnded();
      case "input" -> "interactive".equals(source) ? new PromptSubmitted(text) : null;
      case "tool_call" -> hasTool() ? toolCalled(Tools.trimmed(tool)) : null;
      case "tool_execution_end" -> hasTool() ? new ToolEnded(Tools.trimmed(tool), isError) : null;
      case "session_before_compact" -> new CompactionStarted();
      case "model_select" ->
          model == null ? new Noticed() : new ModelChanged(Model.of(model, null));
      case "context" -> usage;
      case "atm_needs_input_open" ->
          new AttentionRaised(AttentionReason.QUESTION, title == null ? "Permission" : title);
      default -> null;
    };
  }

  private boolean hasTool() {
    return tool != null && !tool.isEmpty();
  }

  private LifecycleEvent toolCalled(String name) {
    return needsUserInput
        ? new AttentionRaised(AttentionReason.PERMISSION, name)
        : new ToolStarted(name);
  }
}
