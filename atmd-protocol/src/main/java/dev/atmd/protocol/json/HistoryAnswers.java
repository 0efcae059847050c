package dev.atmd.protocol.json;

import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Cost;
import dev.atmd.protocol.message.HistoryAnswer.Doing;
import dev.atmd.protocol.message.HistoryAnswer.Ended;
import dev.atmd.protocol.message.HistoryAnswer.Entries;
import dev.atmd.protocol.message.HistoryAnswer.Entry;
import dev.atmd.protocol.message.HistoryAnswer.Moment;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.HistoryAnswer.Sum;
import dev.atmd.protocol.message.HistoryAnswer.Wait;
import dev.atmd.protocol.message.HistoryAnswer.Waits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Writes and reads what is known about the past; both directions side by side. Stateless. */
final class HistoryAnswers {
  private HistoryAnswers() {}

  /** The word by which an answer is known, also that of its question. */
  static String type(HistoryAnswer answer) {
    return switch (answer) {
      case Entries _ -> "history";
      case Cost _ -> "cost";
      case Waits _ -> "waits";
      case Moment _ -> "moment";
      case Ended _ -> "ended";
    };
  }

  static void write(JsonLine json, HistoryAnswer answer) {
    json.field("type", type(answer));
    switch (answer) {
      case Entries(var entries, var before) -> {
        json.beginArray("entries");
        entries.forEach(entry -> write(json, entry));
        json.endArray();
        if (before != null) {
          json.field("before", (long) before);
        }
      }
      case Cost(var sums) -> {
        json.beginArray("sums");
        sums.forEach(sum -> write(json, sum));
        json.endArray();
      }
      case Waits(var sessions) -> {
        json.beginArray("sessions");
        sessions.forEach(wait -> write(json, wait));
        json.endArray();
      }
      case Moment(var at, var sessions) -> {
        json.field("at", at.toString());
        json.beginArray("sessions");
        sessions.forEach(doing -> write(json, doing));
        json.endArray();
      }
      case Ended(var sessions) -> {
        json.beginArray("sessions");
        sessions.forEach(over -> write(json, over));
        json.endArray();
      }
    }
  }

  private static void write(JsonLine json, Over over) {
    json.beginObject();
    json.field("at", over.at().toString());
    writeSession(json, over.session(), over.harness(), over.project());
    writeIfPresent(json, "branch", over.branch());
    writeIfPresent(json, "model", over.model());
    json.field("reason", over.reason());
    json.field("began", over.began().toString());
    if (over.costUsd() != null) {
      json.field("cost_usd", (double) over.costUsd());
    }
    json.endObject();
  }

  private static void write(JsonLine json, Entry entry) {
    json.beginObject();
    json.field("at", entry.at().toString());
    writeSession(json, entry.session(), entry.harness(), entry.project());
    json.field("kind", entry.kind());
    writeIfPresent(json, "status", entry.status());
    writeIfPresent(json, "tool", entry.tool());
    writeIfPresent(json, "text", entry.text());
    writeIfPresent(json, "signal", entry.signal());
    writeIfPresent(json, "rule", entry.rule());
    json.endObject();
  }

  private static void write(JsonLine json, Sum sum) {
    json.beginObject();
    json.field("key", sum.key());
    json.field("cost_usd", sum.costUsd());
    json.field("tokens_in", sum.tokensIn());
    json.field("tokens_out", sum.tokensOut());
    json.field("sessions", sum.sessions());
    json.endObject();
  }

  private static void write(JsonLine json, Wait wait) {
    json.beginObject();
    writeSession(json, wait.session(), wait.harness(), wait.project());
    json.field("seconds", wait.seconds());
    json.field("questions", (long) wait.questions());
    writeIfPresent(json, "open_since", text(wait.openSince()));
    writeIfPresent(json, "question", wait.question());
    json.endObject();
  }

  private static void write(JsonLine json, Doing doing) {
    json.beginObject();
    writeSession(json, doing.session(), doing.harness(), doing.project());
    json.field("status", doing.status());
    json.field("since", doing.since().toString());
    writeIfPresent(json, "detail", doing.detail());
    writeIfPresent(json, "text", doing.text());
    json.endObject();
  }

  private static void writeSession(
      JsonLine json, String session, String harness, @Nullable String project) {
    json.field("session", session);
    json.field("harness", harness);
    writeIfPresent(json, "project", project);
  }

  private static void writeIfPresent(JsonLine json, String field, @Nullable String value) {
    if (value != null) {
      json.field(field, value);
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  static Entries entries(ObjectFields fields) throws IOException {
    var entries = new ArrayList<Entry>();
    for (var entry : fields.objects("entries")) {
      entries.add(
          new Entry(
              entry.time("at"),
              entry.text("session"),
              entry.text("harness"),
              entry.optionalText("project"),
              entry.text("kind"),
              entry.optionalText("status"),
              entry.optionalText("tool"),
              entry.optionalText("text"),
              entry.optionalText("signal"),
              entry.optionalText("rule")));
    }
    return new Entries(entries, fields.has("before") ? fields.count("before") : null);
  }

  static Cost cost(ObjectFields fields) throws IOException {
    var sums = new ArrayList<Sum>();
    for (var sum : fields.objects("sums")) {
      sums.add(
          new Sum(
              sum.text("key"),
              sum.number("cost_usd"),
              sum.count("tokens_in"),
              sum.count("tokens_out"),
              sum.count("sessions")));
    }
    return new Cost(sums);
  }

  static Waits waits(ObjectFields fields) throws IOException {
    var sessions = new ArrayList<Wait>();
    for (var wait : fields.objects("sessions")) {
      sessions.add(
          new Wait(
              wait.text("session"),
              wait.text("harness"),
              wait.optionalText("project"),
              wait.number("seconds"),
              (int) wait.count("questions"),
              wait.optionalTime("open_since"),
              wait.optionalText("question")));
    }
    return new Waits(sessions);
  }

  static Moment moment(ObjectFields fields) throws IOException {
    var sessions = new ArrayList<Doing>();
    for (var doing : fields.objects("sessions")) {
      sessions.add(
          new Doing(
              doing.text("session"),
              doing.text("harness"),
              doing.optionalText("project"),
              doing.text("status"),
              doing.time("since"),
              doing.optionalText("detail"),
              doing.optionalText("text")));
    }
    return new Moment(fields.time("at"), sessions);
  }

  static Ended ended(ObjectFields fields) throws IOException {
    var sessions = new ArrayList<Over>();
    for (var over : fields.objects("sessions")) {
      sessions.add(
          new Over(
              over.time("at"),
              over.text("session"),
              over.text("harness"),
              over.optionalText("project"),
              over.optionalText("branch"),
              over.optionalText("model"),
              over.text("reason"),
              over.time("began"),
              over.has("cost_usd") ? over.number("cost_usd") : null));
    }
    return new Ended(sessions);
  }
}
