package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Acknowledged;
import dev.atmd.protocol.message.DaemonMessage.Connected;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Explained;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Lagged;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.DaemonMessage.Resumed;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.DaemonMessage.Unknown;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SessionView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Writes what the daemon says, one line each with its line end. Stateless and thread-safe. */
public final class DaemonMessageWriter {
  /** A view without a long prompt fits. */
  private static final int USUAL_BYTES = 1_536;

  private DaemonMessageWriter() {}

  /** The message as one line. */
  public static byte[] line(DaemonMessage message) {
    return line(message, Detail.FULL);
  }

  /** The message as one line, with this much of each session. */
  public static byte[] line(DaemonMessage message, Detail detail) {
    var out = new ByteArrayOutputStream(USUAL_BYTES);
    try (var json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      write(json, message, detail);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be written", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, DaemonMessage message, Detail detail)
      throws IOException {
    switch (message) {
      case Connected(var version, var clientId) -> {
        json.writeStringField("type", "connected");
        writeVersion(json, version);
        json.writeStringField("client_id", clientId);
      }
      case Rejected(var reason, var version) -> {
        json.writeStringField("type", "rejected");
        json.writeStringField("reason", reason);
        writeVersion(json, version);
      }
      case SessionList(var sessions, var seq, var epoch) -> {
        json.writeStringField("type", "session_list");
        json.writeArrayFieldStart("sessions");
        for (var session : sessions) {
          writeView(json, session, detail);
        }
        json.writeEndArray();
        writePosition(json, seq, epoch);
      }
      case SessionUpdated(var session, var seq, var epoch) -> {
        json.writeStringField("type", "session_updated");
        json.writeFieldName("session");
        writeView(json, session, detail);
        writePosition(json, seq, epoch);
      }
      case SessionRemoved(var id, var seq, var epoch, var reason, var renamedTo) -> {
        json.writeStringField("type", "session_removed");
        json.writeStringField("session_id", id);
        writePosition(json, seq, epoch);
        json.writeStringField("reason", reason);
        writeIfPresent(json, "renamed_to", renamedTo);
      }
      case Resumed(var events, var seq, var epoch) -> {
        json.writeStringField("type", "resumed");
        json.writeNumberField("events", events);
        writePosition(json, seq, epoch);
      }
      case Lagged(var replaced, var dropped) -> {
        json.writeStringField("type", "lagged");
        json.writeNumberField("replaced", replaced);
        json.writeNumberField("dropped", dropped);
      }
      case Acknowledged(var id) -> {
        json.writeStringField("type", "ack");
        writeIfPresent(json, "id", id);
      }
      case Pong(var seq) -> {
        json.writeStringField("type", "pong");
        writeUnsigned(json, "seq", seq);
      }
      case Failed(var text, var code) -> {
        json.writeStringField("type", "error");
        json.writeStringField("message", text);
        writeIfPresent(json, "code", code);
      }
      case DiscoveryComplete(var discovered, var failed) -> {
        json.writeStringField("type", "discovery_complete");
        json.writeNumberField("discovered", discovered);
        json.writeNumberField("failed", failed);
      }
      case Explained(var explanation) -> writeExplanation(json, explanation);
      case Metrics(var text) -> {
        json.writeStringField("type", "metrics");
        json.writeStringField("text", text);
      }
      case Unknown(var type) -> json.writeStringField("type", type);
    }
  }

  static void writePosition(JsonGenerator json, long seq, String epoch) throws IOException {
    json.writeNumberField("seq", seq);
    json.writeStringField("epoch", epoch);
  }

  /** A redacted view is a whole one: what it may not say has been taken out of it before. */
  static void writeView(JsonGenerator json, SessionView view, Detail detail) throws IOException {
    switch (detail) {
      case FULL, REDACTED -> writeView(json, view);
      case SUMMARY -> writeSummary(json, view);
    }
  }

  private static void writeSummary(JsonGenerator json, SessionView view) throws IOException {
    var plain = view.plain();
    json.writeStartObject();
    json.writeStringField("id", view.id());
    json.writeStringField("id_short", view.idShort());
    json.writeStringField("agent_type", view.agentType());
    json.writeStringField("harness", view.harness());
    json.writeStringField("model", view.model());
    json.writeStringField("status", view.status());
    json.writeStringField("status_label", view.statusLabel());
    json.writeStringField("activity_detail", view.activityDetail());
    json.writeStringField("status_icon", view.statusIcon());
    writeDouble(json, "context_percentage", view.contextPercentage());
    writeDouble(json, "cost_usd", view.costUsd());
    json.writeBooleanField("needs_attention", view.needsAttention());
    json.writeStringField("last_activity", view.lastActivity());
    writeIfPresent(json, "project", view.project());
    writeIfPresent(json, "parent_session_id", view.parentSessionId());
    if (plain != null) {
      json.writeStringField("since", plain.since());
      writeIfPresent(json, "reason", plain.reason());
      json.writeBooleanField("context_known", plain.contextKnown());
      json.writeBooleanField("cost_known", plain.costKnown());
    }
    json.writeEndObject();
  }

  private static void writeView(JsonGenerator json, SessionView view) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", view.id());
    json.writeStringField("id_short", view.idShort());
    json.writeStringField("agent_type", view.agentType());
    json.writeStringField("harness", view.harness());
    json.writeStringField("model", view.model());
    json.writeStringField("status", view.status());
    json.writeStringField("status_label", view.statusLabel());
    json.writeStringField("activity_detail", view.activityDetail());
    json.writeBooleanField("should_blink", view.shouldBlink());
    json.writeStringField("status_icon", view.statusIcon());
    writeDouble(json, "context_percentage", view.contextPercentage());
    json.writeStringField("context_display", view.contextDisplay());
    json.writeBooleanField("context_warning", view.contextWarning());
    json.writeBooleanField("context_critical", view.contextCritical());
    json.writeStringField("cost_display", view.costDisplay());
    writeDouble(json, "cost_usd", view.costUsd());
    json.writeStringField("duration_display", view.durationDisplay());
    writeDouble(json, "duration_seconds", view.durationSeconds());
    json.writeStringField("lines_display", view.linesDisplay());
    json.writeStringField("working_directory", view.workingDirectory());
    json.writeBooleanField("needs_attention", view.needsAttention());
    json.writeStringField("last_activity_display", view.lastActivityDisplay());
    json.writeStringField("age_display", view.ageDisplay());
    json.writeStringField("started_at", view.startedAt());
    json.writeStringField("last_activity", view.lastActivity());
    json.writeStringField("tmux_pane", view.tmuxPane());
    writeIfPresent(json, "project_root", view.projectRoot());
    writeIfPresent(json, "worktree_path", view.worktreePath());
    writeIfPresent(json, "worktree_branch", view.worktreeBranch());
    writeIfPresent(json, "parent_session_id", view.parentSessionId());
    writeChildren(json, view);
    writeIfPresent(json, "first_prompt", view.firstPrompt());
    if (view.plain() != null) {
      writePlain(json, view.plain());
    }
    json.writeEndObject();
  }

  private static void writeChildren(JsonGenerator json, SessionView view) throws IOException {
    if (!view.childSessionIds().isEmpty()) {
      json.writeArrayFieldStart("child_session_ids");
      for (var child : view.childSessionIds()) {
        json.writeString(child);
      }
      json.writeEndArray();
    }
  }

  private static void writePlain(JsonGenerator json, SessionView.Plain plain) throws IOException {
    if (plain.pid() != null) {
      json.writeNumberField("pid", plain.pid());
    }
    writeIfPresent(json, "cwd", plain.cwd());
    json.writeStringField("model_id", plain.modelId());
    writeUnsigned(json, "context_window_size", plain.contextWindowSize());
    writeUnsigned(json, "input_tokens", plain.inputTokens());
    writeUnsigned(json, "output_tokens", plain.outputTokens());
    writeUnsigned(json, "cache_creation_input_tokens", plain.cacheCreationInputTokens());
    writeUnsigned(json, "cache_read_input_tokens", plain.cacheReadInputTokens());
    writeUnsigned(json, "total_input_tokens", plain.totalInputTokens());
    writeUnsigned(json, "total_output_tokens", plain.totalOutputTokens());
    writeUnsigned(json, "lines_added", plain.linesAdded());
    writeUnsigned(json, "lines_removed", plain.linesRemoved());
    json.writeStringField("since", plain.since());
    writeIfPresent(json, "reason", plain.reason());
    writeIfPresent(json, "question", plain.question());
    writeIfPresent(json, "target", plain.target());
    json.writeBooleanField("context_known", plain.contextKnown());
    json.writeBooleanField("cost_known", plain.costKnown());
    if (plain.limits() != null) {
      json.writeObjectFieldStart("rate_limits");
      writeWindow(json, "five_hour", plain.limits().fiveHour());
      writeWindow(json, "seven_day", plain.limits().sevenDay());
      json.writeEndObject();
    }
    if (plain.evidence() != null) {
      writeEvidence(json, plain.evidence());
    }
  }

  private static void writeWindow(
      JsonGenerator json, String name, SessionView.@Nullable Window window) throws IOException {
    if (window != null) {
      json.writeObjectFieldStart(name);
      writeDouble(json, "used_percentage", window.usedPercentage());
      writeIfPresent(json, "resets_at", window.resetsAt());
      json.writeEndObject();
    }
  }

  private static void writeEvidence(JsonGenerator json, SessionView.Evidence evidence)
      throws IOException {
    json.writeObjectFieldStart("evidence");
    json.writeStringField("at", evidence.at());
    json.writeStringField("signal", evidence.signal());
    json.writeStringField("tier", evidence.tier());
    json.writeStringField("rule", evidence.rule());
    json.writeEndObject();
  }

  private static void writeExplanation(JsonGenerator json, ExplanationView explanation)
      throws IOException {
    json.writeStringField("type", "explanation");
    json.writeFieldName("session");
    writeView(json, explanation.session());
    json.writeStringField("because", explanation.because());
    json.writeStringField("changed_by", explanation.changedBy());
    json.writeArrayFieldStart("transitions");
    for (var change : explanation.transitions()) {
      json.writeStartObject();
      json.writeStringField("status", change.status());
      writeIfPresent(json, "detail", change.detail());
      json.writeStringField("because", change.because());
      writeEvidence(json, change.evidence());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("open");
    for (var open : explanation.open()) {
      json.writeStartObject();
      json.writeStringField("reason", open.reason());
      json.writeStringField("detail", open.detail());
      writeIfPresent(json, "text", open.text());
      writeIfPresent(json, "session_id", open.asker());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("running");
    for (var tool : explanation.running()) {
      json.writeString(tool);
    }
    json.writeEndArray();
  }

  private static void writeVersion(JsonGenerator json, ProtocolVersion version) throws IOException {
    json.writeObjectFieldStart("protocol_version");
    json.writeNumberField("major", version.major());
    json.writeNumberField("minor", version.minor());
    json.writeEndObject();
  }

  private static void writeIfPresent(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  private static void writeUnsigned(JsonGenerator json, String field, long value)
      throws IOException {
    json.writeFieldName(field);
    if (value >= 0) {
      json.writeNumber(value);
    } else {
      json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
    }
  }

  private static void writeDouble(JsonGenerator json, String field, double value)
      throws IOException {
    json.writeFieldName(field);
    json.writeNumber(WireNumbers.text(value));
  }
}
