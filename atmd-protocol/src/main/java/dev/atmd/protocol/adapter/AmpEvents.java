package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.PERMISSION;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.StateShown;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.Status;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of an Amp plugin (harnesses §8). */
final class AmpEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.AMP)
          .at(Place.EVENT, "event", "type")
          .at(Place.SESSION, "thread.id", "thread", "threadID", "thread_id", "session_id")
          .on("session.start", _ -> new SessionStarted())
          .on("session.end", _ -> new SessionEnded())
          .on("agent.start", facts -> new PromptSubmitted(facts.text("message", "message.text")))
          .on("agent.end", AmpEvents::agentEnd)
          .on("tool.call", facts -> new ToolStarted(call(facts)))
          .on("tool.result", facts -> new ToolEnded(call(facts), facts.is("status", "error")))
          .on(List.of("state", "thread.state"), AmpEvents::state)
          .notice("title", "thread.title")
          .build();

  private AmpEvents() {}

  private static LifecycleEvent agentEnd(Facts facts) {
    return switch (facts.text("status")) {
      case "cancelled" -> new TurnInterrupted();
      case "error" -> new TurnFailed("error", null);
      case null, default -> new TurnEnded();
    };
  }

  private static ToolCall call(Facts facts) {
    var tool = facts.name("tool");
    return new ToolCall(
        tool == null ? "tool" : tool,
        facts.name("toolUseID", "toolUseId", "tool_use_id"),
        Questions.target(facts, "input."));
  }

  private static @Nullable LifecycleEvent state(Facts facts) {
    return switch (facts.text("state")) {
      case "idle" -> new StateShown(Status.IDLE, null, null);
      case "running" -> new StateShown(Status.WORKING, null, null);
      case "error" -> new StateShown(Status.IDLE, "error", null);
      case "awaiting-approval" ->
          new StateShown(
              Status.ATTENTION_NEEDED,
              null,
              Questions.question(PERMISSION, "Approval", null, "shown", null));
      case null, default -> null;
    };
  }
}
