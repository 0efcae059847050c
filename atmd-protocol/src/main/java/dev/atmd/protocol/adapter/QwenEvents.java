package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.protocol.adapter.EventTable.Numbers;
import dev.atmd.protocol.adapter.EventTable.Place;

/** Hooks of Qwen Code (harnesses §10). */
final class QwenEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.QWEN)
          .like(ClaudeEvents.SHARED)
          .at(Place.AGENT, "agent_id")
          .at(Place.ROLE, "agent_type")
          .at(Place.MODEL, "model")
          .numbers(QwenEvents::numbers)
          // The prompt may be a tool's result; only this field is what somebody typed.
          .on("UserPromptSubmit", facts -> new PromptSubmitted(facts.text("submitted_prompt")))
          .on("SessionDelete", _ -> new SessionEnded())
          .notice("TodoCreated", "TodoCompleted", "MessageDisplay")
          .build();

  private QwenEvents() {}

  private static Numbers numbers(Facts facts) {
    var window = facts.count("context_limit");
    var used = facts.number("context_usage");
    var input = facts.count("input_tokens");
    if (window == null && used == null && input == null) {
      return Numbers.NONE;
    }
    return Numbers.of(
        new StatusReport.Context(
            window, input, null, null, used == null ? null : (Double) (used * 100)));
  }
}
