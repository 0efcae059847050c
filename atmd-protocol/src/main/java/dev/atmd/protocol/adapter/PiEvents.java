package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.PERMISSION;
import static dev.atmd.core.session.AttentionReason.QUESTION;

import dev.atmd.core.registry.StatusReport;
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
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.adapter.EventTable.Numbers;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of a pi extension (harnesses §7). */
final class PiEvents {
  /** The event that carries the conversation, in which tokens and money stand. */
  static final String CONTEXT = "context";

  static final EventTable TABLE =
      EventTable.of(Harness.PI)
          .at(Place.EVENT, "event", "type")
          .at(Place.SESSION, "session_id", "sessionId")
          .at(Place.MODEL, "model.id", "model", "payload.model")
          .numbers(PiEvents::numbers)
          .on("session_start", _ -> new SessionStarted())
          .on("session_shutdown", _ -> new SessionEnded())
          .on("input", PiEvents::input)
          .on("before_agent_start", facts -> new PromptSubmitted(facts.text("prompt")))
          .on("agent_start", _ -> new TurnStarted())
          .on("agent_end", PiEvents::agentEnd)
          .on("agent_settled", _ -> new TurnEnded())
          .on(List.of("turn_start", "turn_end"), PiEvents::turn)
          .on(List.of("tool_execution_start", "tool_call"), PiEvents::toolStarted)
          .on(List.of("tool_execution_end", "tool_result"), PiEvents::toolEnded)
          .on(List.of("ui_prompt_start", "atm_needs_input_open"), PiEvents::asks)
          .on(List.of("ui_prompt_end", "atm_needs_input_resolved"), PiEvents::answered)
          .on("session_before_compact", _ -> new CompactionStarted())
          .on(List.of("session_compact", "session_compact_failed"), PiEvents::compacted)
          .on("model_select", PiEvents::modelSelected)
          .notice("session_info_changed", "thinking_level_select", CONTEXT, "message_update")
          .build();

  private PiEvents() {}

  private static @Nullable LifecycleEvent input(Facts facts) {
    return switch (facts.text("source", "payload.source")) {
      case null -> new PromptSubmitted(facts.text("text", "payload.text"));
      case "interactive" -> new PromptSubmitted(facts.text("text", "payload.text"));
      default -> null;
    };
  }

  private static LifecycleEvent agentEnd(Facts facts) {
    var reason =
        facts.text(
            "stop_reason", "stopReason", last(facts, "messages"), last(facts, "payload.messages"));
    return "aborted".equals(reason) ? new TurnInterrupted() : new TurnEnded();
  }

  private static String last(Facts facts, String messages) {
    return messages + "[" + (facts.elements(messages) - 1) + "].stopReason";
  }

  /** A step of the agent's work, which is no turn of the conversation; it ends nothing. */
  private static @Nullable LifecycleEvent turn(Facts facts) {
    return facts.is("event", "turn_start") || facts.is("type", "turn_start")
        ? new WorkSeen()
        : null;
  }

  private static @Nullable ToolCall call(Facts facts) {
    var tool = facts.name("tool", "toolName", "tool_name", "payload.toolName");
    if (tool == null) {
      return null;
    }
    var target =
        facts.text(
            "target",
            "args.command",
            "args.path",
            "args.file_path",
            "args.pattern",
            "args.url",
            "payload.args.command",
            "payload.args.path",
            "payload.args.pattern",
            "payload.args.url");
    return new ToolCall(
        tool.strip(),
        facts.name("tool_call_id", "toolCallId", "payload.toolCallId"),
        Questions.shortened(target));
  }

  private static @Nullable LifecycleEvent toolStarted(Facts facts) {
    var call = call(facts);
    if (call == null) {
      return null;
    }
    return facts.isTrue("needs_user_input") || facts.isTrue("payload.needs_user_input")
        ? Questions.raised(PERMISSION, call.tool(), null, null, call)
        : new ToolStarted(call);
  }

  private static @Nullable LifecycleEvent toolEnded(Facts facts) {
    var call = call(facts);
    return call == null
        ? null
        : new ToolEnded(call, facts.isTrue("isError") || facts.isTrue("payload.isError"));
  }

  private static LifecycleEvent asks(Facts facts) {
    var title = facts.text("title", "payload.title");
    var detail = title == null ? "Question" : Questions.cut(title);
    return Questions.raised(QUESTION, detail, title, prompt(facts), null);
  }

  private static LifecycleEvent answered(Facts facts) {
    return new AttentionCleared(prompt(facts), QUESTION);
  }

  private static @Nullable String prompt(Facts facts) {
    return facts.name("prompt_id", "promptId");
  }

  /** After an overflow the agent tries again what it had given up. */
  private static LifecycleEvent compacted(Facts facts) {
    return facts.isTrue("willRetry") || facts.isTrue("payload.willRetry")
        ? new TurnStarted()
        : new CompactionEnded("manual".equals(facts.text("reason", "payload.reason")));
  }

  private static LifecycleEvent modelSelected(Facts facts) {
    var model = facts.name("model.id", "model", "payload.model");
    return model == null ? new Noticed() : new ModelChanged(Model.of(model, null));
  }

  private static Numbers numbers(Facts facts) {
    var window = facts.count("context.window", "context.contextWindow");
    var percent = facts.number("context.percent");
    var tokens = facts.count("context.tokens");
    if (window == null && percent == null && tokens == null) {
      return Numbers.NONE;
    }
    return Numbers.of(new StatusReport.Context(window, tokens, null, null, percent));
  }
}
