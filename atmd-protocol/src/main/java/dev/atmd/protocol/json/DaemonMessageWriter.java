package dev.atmd.protocol.json;

import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Acknowledged;
import dev.atmd.protocol.message.DaemonMessage.Connected;
import dev.atmd.protocol.message.DaemonMessage.Dashboard;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Explained;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.HistoryTold;
import dev.atmd.protocol.message.DaemonMessage.Lagged;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.DaemonMessage.Notices;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.DaemonMessage.Resumed;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.DaemonMessage.Unknown;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.NoticeDelivery;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SessionView;
import org.jspecify.annotations.Nullable;

/** Writes what the daemon says, one line each with its line end. Stateless and thread-safe. */
public final class DaemonMessageWriter {
  /** One at a time is written on each thread. */
  private static final ThreadLocal<JsonLine> LINE = ThreadLocal.withInitial(JsonLine::new);

  private DaemonMessageWriter() {}

  /** The message as one line. */
  public static byte[] line(DaemonMessage message) {
    return line(message, Detail.FULL);
  }

  /** The message as one line, with this much of each session. */
  public static byte[] line(DaemonMessage message, Detail detail) {
    var json = LINE.get();
    json.beginObject();
    write(json, message, detail);
    json.endObject();
    return json.end();
  }

  private static void write(JsonLine json, DaemonMessage message, Detail detail) {
    switch (message) {
      case Connected(var version, var clientId) -> {
        json.field("type", "connected");
        writeVersion(json, version);
        json.field("client_id", clientId);
      }
      case Rejected(var reason, var version) -> {
        json.field("type", "rejected");
        json.field("reason", reason);
        writeVersion(json, version);
      }
      case SessionList(var sessions, var seq, var epoch) -> {
        json.field("type", "session_list");
        json.beginArray("sessions");
        for (var session : sessions) {
          writeView(json, session, detail);
        }
        json.endArray();
        writePosition(json, seq, epoch);
      }
      case SessionUpdated(var session, var seq, var epoch) -> {
        json.ascii("type", "session_updated");
        json.name("session");
        writeView(json, session, detail);
        writePosition(json, seq, epoch);
      }
      case SessionRemoved(var id, var seq, var epoch, var reason, var renamedTo) -> {
        json.field("type", "session_removed");
        json.field("session_id", id);
        writePosition(json, seq, epoch);
        json.field("reason", reason);
        writeIfPresent(json, "renamed_to", renamedTo);
      }
      case Resumed(var events, var seq, var epoch) -> {
        json.field("type", "resumed");
        json.field("events", events);
        writePosition(json, seq, epoch);
      }
      case Lagged(var replaced, var dropped) -> {
        json.field("type", "lagged");
        json.field("replaced", replaced);
        json.field("dropped", dropped);
      }
      case HistoryTold(var answer) -> HistoryAnswers.write(json, answer);
      case Notices(var deliveries) -> {
        json.field("type", "notices");
        json.beginArray("deliveries");
        deliveries.forEach(delivery -> writeDelivery(json, delivery));
        json.endArray();
      }
      case Acknowledged(var id, var durable) -> {
        json.field("type", "ack");
        writeIfPresent(json, "id", id);
        json.field("durable", durable);
      }
      case Pong(var seq) -> {
        json.field("type", "pong");
        json.unsigned("seq", seq);
      }
      case Failed(var text, var code) -> {
        json.field("type", "error");
        json.field("message", text);
        writeIfPresent(json, "code", code);
      }
      case DiscoveryComplete(var discovered, var failed) -> {
        json.field("type", "discovery_complete");
        json.field("discovered", discovered);
        json.field("failed", failed);
      }
      case Explained(var explanation) -> writeExplanation(json, explanation);
      case Metrics(var text) -> {
        json.field("type", "metrics");
        json.field("text", text);
      }
      case Dashboard(var url) -> {
        json.field("type", "web");
        json.field("url", url);
      }
      case Unknown(var type) -> json.field("type", type);
    }
  }

  static void writePosition(JsonLine json, long seq, String epoch) {
    json.field("seq", seq);
    json.field("epoch", epoch);
  }

  /** A redacted view is a whole one: what it may not say has been taken out of it before. */
  static void writeView(JsonLine json, SessionView view, Detail detail) {
    switch (detail) {
      case BASIC -> writeView(json, view, null, null);
      case FULL, REDACTED -> writeView(json, view, view.harness(), view.plain());
      case SUMMARY -> writeSummary(json, view);
    }
  }

  /** What all levels of detail show. */
  private static void writeBeginning(JsonLine json, SessionView view, @Nullable String harness) {
    json.field("id", view.id());
    json.field("id_short", view.idShort());
    json.field("agent_type", view.agentType());
    writeIfPresent(json, "harness", harness);
    json.field("model", view.model());
    json.ascii("status", view.status());
    json.ascii("status_label", view.statusLabel());
    json.field("activity_detail", view.activityDetail());
  }

  private static void writeSummary(JsonLine json, SessionView view) {
    var plain = view.plain();
    json.beginObject();
    writeBeginning(json, view, view.harness());
    json.ascii("status_icon", view.statusIcon());
    json.field("context_percentage", view.contextPercentage());
    json.field("cost_usd", view.costUsd());
    json.field("needs_attention", view.needsAttention());
    json.ascii("last_activity", view.lastActivity());
    writeIfPresent(json, "project", view.project());
    writeIfPresent(json, "parent_session_id", view.parentSessionId());
    if (plain != null) {
      json.ascii("since", plain.since());
      writeIfPresent(json, "reason", plain.reason());
      json.field("context_known", plain.contextKnown());
      json.field("cost_known", plain.costKnown());
    }
    json.endObject();
  }

  private static void writeView(
      JsonLine json,
      SessionView view,
      @Nullable String harness,
      SessionView.@Nullable Plain plain) {
    json.beginObject();
    writeBeginning(json, view, harness);
    json.field("should_blink", view.shouldBlink());
    json.ascii("status_icon", view.statusIcon());
    json.field("context_percentage", view.contextPercentage());
    json.ascii("context_display", view.contextDisplay());
    json.field("context_warning", view.contextWarning());
    json.field("context_critical", view.contextCritical());
    json.ascii("cost_display", view.costDisplay());
    json.field("cost_usd", view.costUsd());
    json.ascii("duration_display", view.durationDisplay());
    json.field("duration_seconds", view.durationSeconds());
    json.ascii("lines_display", view.linesDisplay());
    json.field("working_directory", view.workingDirectory());
    json.field("needs_attention", view.needsAttention());
    json.ascii("last_activity_display", view.lastActivityDisplay());
    json.ascii("age_display", view.ageDisplay());
    json.ascii("started_at", view.startedAt());
    json.ascii("last_activity", view.lastActivity());
    json.field("tmux_pane", view.tmuxPane());
    writeIfPresent(json, "project_root", view.projectRoot());
    writeIfPresent(json, "worktree_path", view.worktreePath());
    writeIfPresent(json, "worktree_branch", view.worktreeBranch());
    writeIfPresent(json, "parent_session_id", view.parentSessionId());
    writeChildren(json, view);
    writeIfPresent(json, "first_prompt", view.firstPrompt());
    if (plain != null) {
      writePlain(json, plain);
    }
    json.endObject();
  }

  private static void writeChildren(JsonLine json, SessionView view) {
    if (!view.childSessionIds().isEmpty()) {
      json.beginArray("child_session_ids");
      for (var child : view.childSessionIds()) {
        json.element(child);
      }
      json.endArray();
    }
  }

  private static void writePlain(JsonLine json, SessionView.Plain plain) {
    if (plain.pid() != null) {
      json.field("pid", plain.pid());
    }
    writeIfPresent(json, "cwd", plain.cwd());
    json.field("model_id", plain.modelId());
    json.unsigned("context_window_size", plain.contextWindowSize());
    json.unsigned("input_tokens", plain.inputTokens());
    json.unsigned("output_tokens", plain.outputTokens());
    json.unsigned("cache_creation_input_tokens", plain.cacheCreationInputTokens());
    json.unsigned("cache_read_input_tokens", plain.cacheReadInputTokens());
    json.unsigned("total_input_tokens", plain.totalInputTokens());
    json.unsigned("total_output_tokens", plain.totalOutputTokens());
    json.unsigned("lines_added", plain.linesAdded());
    json.unsigned("lines_removed", plain.linesRemoved());
    json.ascii("since", plain.since());
    writeIfPresent(json, "reason", plain.reason());
    writeIfPresent(json, "question", plain.question());
    writeIfPresent(json, "target", plain.target());
    json.field("context_known", plain.contextKnown());
    json.field("cost_known", plain.costKnown());
    if (plain.limits() != null) {
      json.beginObject("rate_limits");
      writeWindow(json, "five_hour", plain.limits().fiveHour());
      writeWindow(json, "seven_day", plain.limits().sevenDay());
      json.endObject();
    }
    if (plain.evidence() != null) {
      writeEvidence(json, plain.evidence());
    }
  }

  private static void writeWindow(JsonLine json, String name, SessionView.@Nullable Window window) {
    if (window != null) {
      json.beginObject(name);
      json.field("used_percentage", window.usedPercentage());
      writeIfPresent(json, "resets_at", window.resetsAt());
      json.endObject();
    }
  }

  private static void writeEvidence(JsonLine json, SessionView.Evidence evidence) {
    json.beginObject("evidence");
    json.ascii("at", evidence.at());
    json.field("signal", evidence.signal());
    json.ascii("tier", evidence.tier());
    json.ascii("rule", evidence.rule());
    json.endObject();
  }

  private static void writeExplanation(JsonLine json, ExplanationView explanation) {
    json.field("type", "explanation");
    json.name("session");
    writeView(json, explanation.session(), Detail.FULL);
    json.field("because", explanation.because());
    json.field("changed_by", explanation.changedBy());
    json.beginArray("transitions");
    for (var change : explanation.transitions()) {
      json.beginObject();
      json.field("status", change.status());
      writeIfPresent(json, "detail", change.detail());
      json.field("because", change.because());
      writeEvidence(json, change.evidence());
      json.endObject();
    }
    json.endArray();
    json.beginArray("open");
    for (var open : explanation.open()) {
      json.beginObject();
      json.field("reason", open.reason());
      json.field("detail", open.detail());
      writeIfPresent(json, "text", open.text());
      writeIfPresent(json, "session_id", open.asker());
      json.endObject();
    }
    json.endArray();
    json.beginArray("running");
    for (var tool : explanation.running()) {
      json.element(tool);
    }
    json.endArray();
  }

  private static void writeVersion(JsonLine json, ProtocolVersion version) {
    json.beginObject("protocol_version");
    json.field("major", version.major());
    json.field("minor", version.minor());
    json.endObject();
  }

  private static void writeDelivery(JsonLine json, NoticeDelivery delivery) {
    json.beginObject();
    json.field("at", delivery.at().toString());
    json.field("kind", delivery.kind());
    json.field("session", delivery.session());
    json.field("title", delivery.title());
    json.field("channel", delivery.channel());
    json.field("worked", delivery.worked());
    json.field("outcome", delivery.outcome());
    json.endObject();
  }

  private static void writeIfPresent(JsonLine json, String field, @Nullable String value) {
    if (value != null) {
      json.field(field, value);
    }
  }
}
