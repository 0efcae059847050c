package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.AUTH;
import static dev.atmd.core.session.AttentionReason.PERMISSION;

import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.StateShown;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.RateLimits.Window;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.adapter.EventTable.Numbers;
import dev.atmd.protocol.adapter.EventTable.Place;
import org.jspecify.annotations.Nullable;

/** Status line and hooks of Antigravity CLI (harnesses §6.1). */
final class AntigravityEvents {
  /** What a status line is taken for: it names no event. */
  static final String STATUS_LINE = "status line";

  static final EventTable TABLE =
      EventTable.of(Harness.ANTIGRAVITY)
          .at(Place.SESSION, "conversation_id", "conversationId", "session_id")
          .at(Place.DIRECTORY, "cwd", "workspace.current_dir", "workspacePaths[0]")
          .at(Place.MODEL, "model.id", "modelName")
          .numbers(AntigravityEvents::numbers)
          .on(STATUS_LINE, AntigravityEvents::shown)
          .on("SessionStart", _ -> new SessionStarted())
          .on("SessionEnd", _ -> new SessionEnded())
          .on("PreInvocation", _ -> new TurnStarted())
          .on("PreToolUse", ClaudeEvents::toolStarted)
          .on("PostToolUse", facts -> ClaudeEvents.toolEnded(facts, false))
          .on("Stop", AntigravityEvents::stop)
          .notice("PostInvocation", "Notification")
          .build();

  private AntigravityEvents() {}

  /** It is drawn on every change of state. */
  private static @Nullable LifecycleEvent shown(Facts facts) {
    if (facts.isTrue("tool_confirmation_pending")) {
      return waiting(PERMISSION, "Permission");
    }
    return switch (facts.text("agent_state")) {
      case "thinking" -> new StateShown(Status.WORKING, "Thinking", null);
      case "working", "tool_use" -> new StateShown(Status.WORKING, null, null);
      case "idle" -> new StateShown(Status.IDLE, null, null);
      case "authenticating" -> waiting(AUTH, "Login");
      case null, default -> new Noticed();
    };
  }

  private static LifecycleEvent waiting(AttentionReason reason, String detail) {
    return new StateShown(
        Status.ATTENTION_NEEDED, null, Questions.question(reason, detail, null, "shown", null));
  }

  /** What is left of a plan is told by model family; that of its own models is taken. */
  private static Numbers numbers(Facts facts) {
    var said = StatusFacts.numbers(facts);
    var fiveHour = window(facts, "quota.gemini-5h.remaining_fraction");
    var sevenDay = window(facts, "quota.gemini-weekly.remaining_fraction");
    return fiveHour == null && sevenDay == null
        ? said
        : new Numbers(
            said.version(), said.costs(), said.context(), new RateLimits(fiveHour, sevenDay));
  }

  private static @Nullable Window window(Facts facts, String remaining) {
    var left = facts.number(remaining);
    return left == null ? null : new Window((1 - left) * 100, null);
  }

  private static LifecycleEvent stop(Facts facts) {
    var error = facts.text("error", "error.message");
    if (error != null) {
      return new TurnFailed(error, null);
    }
    return facts.isFalse("fullyIdle") ? new WorkSeen() : new TurnEnded();
  }
}
