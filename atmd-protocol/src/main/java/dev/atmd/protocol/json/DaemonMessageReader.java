package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.NoticeDelivery;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SessionView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a daemon says, be it ours or one of protocol 1.0. Fields may be missing where 1.0 lets
 * them; unknown ones are skipped. Stateless and thread-safe.
 */
public final class DaemonMessageReader {
  private DaemonMessageReader() {}

  /**
   * The message on one line.
   *
   * @throws IOException if the line is not a message; it says what was seen
   */
  public static DaemonMessage read(byte[] line) throws IOException {
    try (var parser = Json.FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a daemon message is a JSON object");
      }
      return message(new ObjectFields(object(parser)));
    }
  }

  private static DaemonMessage message(ObjectFields fields) throws IOException {
    var type = fields.text("type");
    return switch (type) {
      case "connected" -> new Connected(version(fields), fields.text("client_id"));
      case "rejected" -> new Rejected(fields.text("reason"), version(fields));
      case "session_list" ->
          new SessionList(views(fields), fields.count("seq"), fields.textOr("epoch", ""));
      case "session_updated" ->
          new SessionUpdated(
              view(fields.object("session")), fields.count("seq"), fields.textOr("epoch", ""));
      case "session_removed" ->
          new SessionRemoved(
              fields.text("session_id"),
              fields.count("seq"),
              fields.textOr("epoch", ""),
              fields.textOr("reason", ""),
              fields.optionalText("renamed_to"));
      case "resumed" ->
          new Resumed((int) fields.count("events"), fields.count("seq"), fields.text("epoch"));
      case "lagged" -> new Lagged(fields.count("replaced"), fields.count("dropped"));
      case "ack" -> new Acknowledged(fields.optionalText("id"), fields.flagOr("durable", false));
      case "pong" -> new Pong(fields.count("seq"));
      case "error" -> new Failed(fields.text("message"), fields.optionalText("code"));
      case "discovery_complete" ->
          new DiscoveryComplete(fields.count("discovered"), fields.count("failed"));
      case "explanation" -> new Explained(explanation(fields));
      case "metrics" -> new Metrics(fields.text("text"));
      case "web" -> new Dashboard(fields.text("url"));
      case "notices" -> new Notices(deliveries(fields));
      case "history" -> new HistoryTold(HistoryAnswers.entries(fields));
      case "cost" -> new HistoryTold(HistoryAnswers.cost(fields));
      case "waits" -> new HistoryTold(HistoryAnswers.waits(fields));
      case "moment" -> new HistoryTold(HistoryAnswers.moment(fields));
      case "ended" -> new HistoryTold(HistoryAnswers.ended(fields));
      default -> new Unknown(type);
    };
  }

  private static ProtocolVersion version(ObjectFields fields) throws IOException {
    var version = fields.object("protocol_version");
    return new ProtocolVersion((int) version.count("major"), (int) version.count("minor"));
  }

  private static List<SessionView> views(ObjectFields fields) throws IOException {
    var views = new ArrayList<SessionView>();
    for (var session : fields.objects("sessions")) {
      views.add(view(session));
    }
    return views;
  }

  private static SessionView view(ObjectFields in) throws IOException {
    return new SessionView(
        in.text("id"),
        in.text("id_short"),
        in.text("agent_type"),
        in.textOr("harness", ""),
        in.text("model"),
        in.text("status"),
        in.text("status_label"),
        in.optionalText("activity_detail"),
        in.flag("should_blink"),
        in.text("status_icon"),
        in.number("context_percentage"),
        in.text("context_display"),
        in.flag("context_warning"),
        in.flag("context_critical"),
        in.text("cost_display"),
        in.number("cost_usd"),
        in.text("duration_display"),
        in.number("duration_seconds"),
        in.text("lines_display"),
        in.optionalText("working_directory"),
        in.flag("needs_attention"),
        in.text("last_activity_display"),
        in.text("age_display"),
        in.text("started_at"),
        in.text("last_activity"),
        in.optionalText("tmux_pane"),
        in.optionalText("project_root"),
        in.optionalText("worktree_path"),
        in.optionalText("worktree_branch"),
        in.optionalText("parent_session_id"),
        in.texts("child_session_ids"),
        in.optionalText("first_prompt"),
        in.has("since") ? plain(in) : null);
  }

  private static List<NoticeDelivery> deliveries(ObjectFields in) throws IOException {
    var deliveries = new ArrayList<NoticeDelivery>();
    for (var delivery : in.objects("deliveries")) {
      deliveries.add(
          new NoticeDelivery(
              delivery.time("at"),
              delivery.text("kind"),
              delivery.text("session"),
              delivery.text("title"),
              delivery.text("channel"),
              delivery.flag("worked"),
              delivery.text("outcome")));
    }
    return deliveries;
  }

  private static SessionView.Plain plain(ObjectFields in) throws IOException {
    return new SessionView.Plain(
        in.has("pid") ? in.count("pid") : null,
        in.optionalText("cwd"),
        in.textOr("model_id", ""),
        in.count("context_window_size"),
        in.count("input_tokens"),
        in.count("output_tokens"),
        in.count("cache_creation_input_tokens"),
        in.count("cache_read_input_tokens"),
        in.count("total_input_tokens"),
        in.count("total_output_tokens"),
        in.count("lines_added"),
        in.count("lines_removed"),
        in.text("since"),
        in.optionalText("reason"),
        in.optionalText("question"),
        in.optionalText("target"),
        in.flagOr("context_known", true),
        in.flagOr("cost_known", true),
        in.has("rate_limits") ? limits(in.object("rate_limits")) : null,
        in.has("evidence") ? evidence(in.object("evidence")) : null);
  }

  private static SessionView.Limits limits(ObjectFields in) throws IOException {
    return new SessionView.Limits(window(in, "five_hour"), window(in, "seven_day"));
  }

  private static SessionView.@Nullable Window window(ObjectFields in, String name)
      throws IOException {
    if (!in.has(name)) {
      return null;
    }
    var window = in.object(name);
    return new SessionView.Window(
        window.number("used_percentage"), window.optionalText("resets_at"));
  }

  private static SessionView.Evidence evidence(ObjectFields in) throws IOException {
    return new SessionView.Evidence(
        in.text("at"), in.text("signal"), in.text("tier"), in.text("rule"));
  }

  private static ExplanationView explanation(ObjectFields in) throws IOException {
    var transitions = new ArrayList<ExplanationView.Change>();
    for (var change : in.objects("transitions")) {
      transitions.add(
          new ExplanationView.Change(
              change.text("status"),
              change.optionalText("detail"),
              change.text("because"),
              evidence(change.object("evidence"))));
    }
    var open = new ArrayList<ExplanationView.Open>();
    for (var question : in.objects("open")) {
      open.add(
          new ExplanationView.Open(
              question.text("reason"),
              question.text("detail"),
              question.optionalText("text"),
              question.optionalText("session_id")));
    }
    return new ExplanationView(
        view(in.object("session")),
        in.text("because"),
        in.text("changed_by"),
        transitions,
        open,
        in.texts("running"));
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    var fields = new HashMap<String, Object>();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      var value = value(parser, parser.nextToken());
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    var elements = new ArrayList<Object>();
    for (var token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      var value = value(parser, token);
      if (value != null) {
        elements.add(value);
      }
    }
    return elements;
  }
}
