package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.FORM;
import static dev.atmd.core.session.AttentionReason.PERMISSION;
import static dev.atmd.core.session.AttentionReason.QUESTION;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.CompactionEnded;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of OpenCode, of both generations (harnesses §3):
 *
 * <pre>
 * {"type":"permission.asked","properties":{"id":"p1","sessionID":"ses_1"}}
 * {"type":"permission.asked","id":"evt_1","created":1795241043112,"data":{"id":"p1","sessionID":"ses_1"}}
 * </pre>
 */
final class OpenCodeEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.OPENCODE)
          .at(Place.EVENT, "type", "event")
          .at(Place.ID, "id")
          .at(Place.MILLIS, "created")
          .at(
              Place.SESSION,
              "data.sessionID",
              "data.form.sessionID",
              "properties.sessionID",
              "properties.part.sessionID",
              "properties.info.sessionID",
              "sessionID",
              "session_id")
          .sessionIn("session.", "data.info.id", "data.id", "properties.info.id")
          .at(Place.PARENT, "data.parentID", "data.info.parentID", "properties.info.parentID")
          .at(
              Place.DIRECTORY,
              "data.info.directory",
              "data.directory",
              "location.directory",
              "properties.info.directory",
              "directory")
          .at(Place.MODEL, "data.model.id", "data.model.modelID", "data.model")
          .on("session.created", _ -> new SessionStarted())
          .on("session.deleted", _ -> new SessionEnded())
          .on("session.status", OpenCodeEvents::status)
          .on(List.of("session.idle", "session.execution.succeeded"), _ -> new TurnEnded())
          .on("session.execution.started", _ -> new TurnStarted())
          .on("session.execution.failed", OpenCodeEvents::failed)
          .on("session.execution.interrupted", _ -> new TurnInterrupted())
          .on("session.error", OpenCodeEvents::failed)
          .on(List.of("session.retry.scheduled", "session.step.started"), _ -> new WorkSeen())
          .on(
              List.of("permission.asked", "permission.v2.asked", "permission.updated"),
              OpenCodeEvents::permissionAsked)
          .on(
              List.of("permission.replied", "permission.v2.replied"),
              facts -> new AttentionCleared(request(facts), PERMISSION))
          .on("question.asked", OpenCodeEvents::questionAsked)
          .on(
              List.of("question.replied", "question.rejected"),
              facts -> new AttentionCleared(request(facts), QUESTION))
          .on("form.created", OpenCodeEvents::formCreated)
          .on(
              List.of("form.replied", "form.cancelled"),
              facts -> new AttentionCleared(request(facts), FORM))
          .on("message.part.updated", OpenCodeEvents::part)
          .on(
              List.of("session.tool.called", "tool.execute.before"),
              facts -> new ToolStarted(call(facts)))
          .on(
              List.of("session.tool.success", "tool.execute.after"),
              facts -> new ToolEnded(call(facts), false))
          .on("session.tool.failed", facts -> new ToolEnded(call(facts), true))
          .on("session.usage.updated", OpenCodeEvents::usage)
          .on("session.compaction.started", _ -> new CompactionStarted())
          .on(
              List.of("session.compaction.ended", "session.compaction.failed"),
              _ -> new CompactionEnded(false))
          .notice(
              "session.updated",
              "session.renamed",
              "session.moved",
              "session.compacted",
              "session.step.ended",
              "session.tool.input.started",
              "message.updated")
          .build();

  private OpenCodeEvents() {}

  private static @Nullable LifecycleEvent status(Facts facts) {
    return switch (facts.text(
        "properties.status.type", "properties.status", "data.status.type", "data.status")) {
      case "idle" -> new TurnEnded();
      case "busy", "retry" -> new WorkSeen();
      case null, default -> null;
    };
  }

  private static LifecycleEvent failed(Facts facts) {
    var name = facts.text("properties.error.name", "data.error.name", "data.error.type");
    if (name != null && name.contains("Abort")) {
      return new TurnInterrupted();
    }
    var message =
        facts.text(
            "properties.error.data.message",
            "properties.error.message",
            "data.error.message",
            "data.error");
    return new TurnFailed(message != null ? message : name != null ? name : "error", null);
  }

  /** How a question is called when it is asked. */
  private static @Nullable String asked(Facts facts) {
    return facts.name("data.form.id", "data.id", "properties.id", "properties.requestID");
  }

  /** How a question is called when it is answered. */
  private static @Nullable String request(Facts facts) {
    return facts.name(
        "data.requestID",
        "data.permissionID",
        "data.formID",
        "data.form.id",
        "data.id",
        "properties.requestID",
        "properties.permissionID",
        "properties.id");
  }

  private static LifecycleEvent permissionAsked(Facts facts) {
    var action =
        facts.text("data.action", "properties.permission", "properties.type", "properties.title");
    var resource = facts.text("data.resources[0]", "properties.patterns[0]");
    var word = action == null ? "Permission" : action;
    var tool = facts.name("data.source.callID", "data.tool.callID", "properties.tool.callID");
    return Questions.raised(
        PERMISSION,
        word,
        resource,
        asked(facts),
        tool == null ? null : new ToolCall(word, tool, null));
  }

  private static LifecycleEvent questionAsked(Facts facts) {
    var text =
        facts.text("properties.questions[0].question", "data.questions[0].question", "data.title");
    return Questions.raised(QUESTION, "Question", text, asked(facts), null);
  }

  private static LifecycleEvent formCreated(Facts facts) {
    return Questions.raised(FORM, "Form", facts.text("data.form.title"), asked(facts), null);
  }

  private static @Nullable LifecycleEvent part(Facts facts) {
    var part = "properties.part.";
    var tool = facts.is(part + "type", "tool") ? facts.name(part + "tool") : null;
    if (tool == null) {
      return null;
    }
    var target = Questions.target(facts, part + "state.input.");
    var call = new ToolCall(tool, facts.name(part + "callID"), target);
    return switch (facts.text(part + "state.status")) {
      case "running" -> new ToolStarted(call);
      case "completed" -> new ToolEnded(call, false);
      case "error" -> new ToolEnded(call, true);
      case null, default -> null;
    };
  }

  private static ToolCall call(Facts facts) {
    var tool = facts.name("data.name", "data.tool", "properties.tool", "tool");
    return new ToolCall(
        tool == null ? "tool" : tool,
        facts.name("data.callID", "properties.callID", "callID"),
        Questions.target(facts, "data.input."));
  }

  private static LifecycleEvent usage(Facts facts) {
    var cost = facts.number("data.cost");
    return new UsageMeasured(
        facts.count("data.tokens.total", "data.tokens.input"),
        cost == null ? null : Money.ofDollars(cost));
  }
}
