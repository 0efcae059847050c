package dev.atmd.server.web;

import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.HistoryQuestion.By;
import dev.atmd.protocol.message.Position;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the question mark of a request, and the place a stream is to go on from. What
 * is wrong is an {@link IllegalArgumentException} that says so.
 */
record Parameters(Map<String, List<String>> values, @Nullable String lastEventId) {
  private static final int MAX_CHARS = 1_024;
  private static final Pattern POSITION = Pattern.compile("([0-9a-f-]{1,64}):(\\d{1,18})");

  static Parameters of(QueryStringDecoder uri, HttpHeaders headers) {
    return new Parameters(uri.parameters(), headers.get("Last-Event-ID"));
  }

  /** What the browser says by itself wins: it is the newer one. Null if it knows nothing. */
  @Nullable Position position() {
    var said = lastEventId != null ? lastEventId : text("since");
    var read = said == null ? null : POSITION.matcher(said);
    return read != null && read.matches()
        ? new Position(read.group(1), Long.parseLong(read.group(2)))
        : null;
  }

  SessionId session() {
    var id = text("session");
    if (id == null) {
      throw new IllegalArgumentException("which session? expected ?session=");
    }
    return SessionId.of(id);
  }

  HistoryQuestion question(String type) {
    return switch (type) {
      case "cost" -> new HistoryQuestion.Cost(by(), time("from"), time("to"));
      case "waits" -> new HistoryQuestion.Waits(time("from"));
      case "moment" -> {
        var at = time("at");
        if (at == null) {
          throw new IllegalArgumentException("when? expected ?at=");
        }
        yield new HistoryQuestion.Moment(at);
      }
      case "ended" -> new HistoryQuestion.Ended(time("from"), limit());
      default ->
          new HistoryQuestion.Entries(
              text("session"),
              text("project"),
              time("from"),
              time("to"),
              text("grep"),
              number("before"),
              limit());
    };
  }

  private By by() {
    var word = text("by");
    for (var by : By.values()) {
      if (by.name().toLowerCase(Locale.ROOT).equals(word)) {
        return by;
      }
    }
    throw new IllegalArgumentException("by is day, project, model or session");
  }

  private int limit() {
    var wanted = number("limit");
    return wanted == null
        ? HistoryQuestion.USUAL_LIMIT
        : Math.clamp(wanted, 1, HistoryQuestion.MAX_LIMIT);
  }

  private @Nullable Long number(String name) {
    var text = text(name);
    if (text != null && !text.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(name + " is a number");
    }
    return text == null ? null : Long.valueOf(text);
  }

  private @Nullable Instant time(String name) {
    var text = text(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(name + " is a time such as 2026-11-21T08:00:00Z");
    }
  }

  private @Nullable String text(String name) {
    var all = values.get(name);
    var text = all == null ? null : all.getFirst();
    if (text != null && text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(name + " is longer than " + MAX_CHARS + " characters");
    }
    return text == null || text.isEmpty() ? null : text;
  }
}
