package dev.atmd.server.store;

import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Wait;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up how long each session waited for a person. Confined to one thread. */
final class Waits {
  private static final Comparator<Wait> OPEN_FIRST =
      Comparator.comparing(
              Wait::openSince, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparing(Comparator.comparingDouble(Wait::seconds).reversed());

  private final Instant from;
  private final Map<Long, Waiting> sessions = new LinkedHashMap<>();

  private Waits(Instant from) {
    this.from = from;
  }

  /** Of all sessions since that moment, or since there is history. */
  static HistoryAnswer since(Connection connection, @Nullable Instant from, Instant now)
      throws SQLException {
    var waits = new Waits(from == null ? Instant.EPOCH : from);
    waits.read(connection);
    return new HistoryAnswer.Waits(
        waits.sessions.values().stream()
            .map(waiting -> waiting.until(now))
            .filter(wait -> wait.questions() > 0)
            .sorted(OPEN_FIRST)
            .limit(1_000)
            .toList());
  }

  /** Whoever waited when the time began is known by the last entry before it. */
  private void read(Connection connection) throws SQLException {
    try (var query =
        connection.prepareStatement(
            """
            SELECT entry.session, id, harness, project, at, kind, status, tool, text
            FROM entry JOIN session ON session.nr = entry.session
            WHERE kind IN ('state', 'ended') AND (at >= ?1 OR entry.nr IN
              (SELECT max(nr) FROM entry WHERE kind IN ('state', 'ended') AND at < ?1
                GROUP BY session))
            ORDER BY at, entry.nr\
            """)) {
      query.setQueryTimeout(10);
      Rows.bind(query, from);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          take(rows);
        }
      }
    }
  }

  private void take(ResultSet row) throws SQLException {
    var nr = row.getLong("session");
    var waiting = sessions.get(nr);
    if (waiting == null) {
      waiting =
          new Waiting(row.getString("id"), row.getString("harness"), row.getString("project"));
      sessions.put(nr, waiting);
    }
    var at = Instant.ofEpochMilli(row.getLong("at"));
    var asks =
        row.getString("kind").equals(HistoryWriter.STATE)
            && Status.ATTENTION_NEEDED.tag().equals(row.getString("status"));
    if (asks) {
      var text = row.getString("text");
      waiting.ask(at, text == null ? row.getString("tool") : text);
    } else {
      waiting.goOn(at);
    }
  }

  /** One session, from one entry to the next. */
  private final class Waiting {
    private final String id;
    private final String harness;
    private final @Nullable String project;
    private Duration waited = Duration.ZERO;
    private int questions;
    private @Nullable Instant since;
    private @Nullable String question;

    Waiting(String id, String harness, @Nullable String project) {
      this.id = id;
      this.harness = harness;
      this.project = project;
    }

    /** It may ask something else before it is answered: it has waited all the while. */
    void ask(Instant at, @Nullable String text) {
      questions++;
      question = text;
      if (since == null) {
        since = at;
      }
    }

    void goOn(Instant at) {
      waited = waitedUntil(at);
      since = null;
      question = null;
    }

    private Duration waitedUntil(Instant at) {
      var begin = since == null || since.isAfter(from) ? since : from;
      return begin == null || begin.isAfter(at) ? waited : waited.plus(Duration.between(begin, at));
    }

    Wait until(Instant end) {
      return new Wait(
          id, harness, project, waitedUntil(end).toMillis() / 1e3, questions, since, question);
    }
  }
}
