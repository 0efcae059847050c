package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.PERMISSION;
import static dev.atmd.core.session.AttentionReason.QUESTION;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.core.session.Money;
import dev.atmd.protocol.adapter.EventTable.Place;
import org.jspecify.annotations.Nullable;

/** The hook and the server events of Crush (harnesses §12). */
final class CrushEvents {
  private static final String INNER = "payload.payload.";

  static final EventTable TABLE =
      EventTable.of(Harness.CRUSH)
          .at(Place.EVENT, "event", "type")
          .at(Place.SESSION, "session_id", "payload.payload.session_id")
          .sessionIn("session", "payload.payload.id")
          .at(Place.PARENT, "payload.payload.parent_session_id")
          .on("PreToolUse", ClaudeEvents::toolStarted)
          .on("permission_request", CrushEvents::permission)
          .on("permission_notification", CrushEvents::permissionAnswered)
          .on("question_batch_request", CrushEvents::questions)
          .on("question_batch_notification", CrushEvents::questionsAnswered)
          .on("run_complete", CrushEvents::complete)
          .on("session", CrushEvents::session)
          .on("message", _ -> new WorkSeen())
          .notice("agent_event", "file")
          .build();

  private CrushEvents() {}

  private static LifecycleEvent permission(Facts facts) {
    var tool = facts.name(INNER + "tool_name");
    var description = facts.text(INNER + "description");
    return Questions.raised(
        PERMISSION,
        tool == null ? "Permission" : tool,
        description,
        facts.name(INNER + "tool_call_id", INNER + "id"),
        null);
  }

  private static LifecycleEvent permissionAnswered(Facts facts) {
    return new AttentionCleared(facts.name(INNER + "tool_call_id"), PERMISSION);
  }

  private static LifecycleEvent questions(Facts facts) {
    var text = facts.text(INNER + "questions[0].question", INNER + "title");
    return Questions.raised(QUESTION, "Question", text, facts.name(INNER + "id"), null);
  }

  private static LifecycleEvent questionsAnswered(Facts facts) {
    return new AttentionCleared(facts.name(INNER + "id"), QUESTION);
  }

  private static LifecycleEvent complete(Facts facts) {
    if (facts.isTrue(INNER + "cancelled")) {
      return new TurnInterrupted();
    }
    var error = facts.text(INNER + "error");
    return error == null ? new TurnEnded() : new TurnFailed(error, null);
  }

  private static @Nullable LifecycleEvent session(Facts facts) {
    var cost = facts.number(INNER + "cost");
    return facts.is("payload.type", "deleted")
        ? new SessionEnded()
        : new UsageMeasured(
            facts.count(INNER + "prompt_tokens"), cost == null ? null : Money.ofDollars(cost));
  }
}
