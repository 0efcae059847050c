package dev.atmd.server.store;

import dev.atmd.core.session.Model;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Doing;
import dev.atmd.protocol.message.HistoryAnswer.Entry;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.HistoryAnswer.Sum;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.HistoryQuestion.By;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers questions from the history. Confined to one thread. */
final class HistoryReader {
  /** An answer is one line, and a line has at most a megabyte. */
  private static final int MAX_CHARS = 200_000;

  private static final int MAX_SUMS = 1_000;

  /** Nobody waits longer for an answer. */
  private static final int PATIENCE_SECONDS = 10;

  private final Connection connection;

  HistoryReader(Connection connection) {
    this.connection = connection;
  }

  HistoryAnswer answer(HistoryQuestion question, Instant now) throws SQLException {
    return switch (question) {
      case HistoryQuestion.Entries wanted -> entries(wanted);
      case HistoryQuestion.Cost wanted -> cost(wanted);
      case HistoryQuestion.Waits(var from) -> Waits.since(connection, from, now);
      case HistoryQuestion.Moment(var at) -> moment(at);
      case HistoryQuestion.Ended wanted -> ended(wanted);
    };
  }

  private HistoryAnswer entries(HistoryQuestion.Entries wanted) throws SQLException {
    var entries = new ArrayList<Entry>();
    var chars = 0;
    var last = 0L;
    try (var query =
        connection.prepareStatement(
            """
            SELECT entry.nr, at, id, harness, project, kind, status, tool, text, signal, rule
            FROM entry JOIN session ON session.nr = entry.session
            WHERE entry.nr < coalesce(?1, 9223372036854775807)
              AND (?2 IS NULL OR substr(id, 1, length(?2)) = ?2)
              AND (?3 IS NULL OR instr(project, ?3) > 0)
              AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)
              AND (?6 IS NULL OR instr(lower(coalesce(text, '')), ?6) > 0
                OR instr(lower(coalesce(tool, '')), ?6) > 0 OR instr(coalesce(status, ''), ?6) > 0)
            ORDER BY entry.nr DESC LIMIT ?7\
            """)) {
      query.setQueryTimeout(PATIENCE_SECONDS);
      var grep = wanted.grep() == null ? null : wanted.grep().toLowerCase(Locale.ROOT);
      Rows.bind(
          query,
          wanted.before(),
          wanted.session(),
          wanted.project(),
          wanted.from(),
          wanted.to(),
          grep,
          wanted.limit() + 1);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          var entry = entry(rows);
          chars += entry.text() == null ? 0 : entry.text().length();
          if (entries.size() == wanted.limit() || (chars > MAX_CHARS && !entries.isEmpty())) {
            return new HistoryAnswer.Entries(entries.reversed(), last);
          }
          last = rows.getLong(1);
          entries.add(entry);
        }
      }
    }
    return new HistoryAnswer.Entries(entries.reversed(), null);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("id"),
        row.getString("harness"),
        row.getString("project"),
        row.getString("kind"),
        row.getString("status"),
        row.getString("tool"),
        row.getString("text"),
        row.getString("signal"),
        row.getString("rule"));
  }

  private HistoryAnswer cost(HistoryQuestion.Cost wanted) throws SQLException {
    var sums = new ArrayList<Sum>();
    try (var query =
        connection.prepareStatement(
            """
            SELECT coalesce(%s, '') AS key, sum(usage.cost), sum(usage.tokens_in),
              sum(usage.tokens_out), count(DISTINCT usage.session)
            FROM usage JOIN session ON session.nr = usage.session
            WHERE (?1 IS NULL OR minute >= ?1) AND (?2 IS NULL OR minute < ?2)
            GROUP BY key ORDER BY %s LIMIT ?3\
            """
                .formatted(
                    key(wanted.by()), wanted.by() == By.DAY ? "key DESC" : "2 DESC, 3 DESC"))) {
      query.setQueryTimeout(PATIENCE_SECONDS);
      Rows.bind(query, minute(wanted.from()), minute(wanted.to()), MAX_SUMS);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          sums.add(
              new Sum(
                  rows.getString(1),
                  rows.getLong(2) / 1e6,
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getLong(5)));
        }
      }
    }
    return new HistoryAnswer.Cost(sums);
  }

  private static String key(By by) {
    return switch (by) {
      case DAY -> "date(minute * 60, 'unixepoch', 'localtime')";
      case PROJECT -> "session.project";
      case MODEL -> "usage.model";
      case SESSION -> "session.id";
    };
  }

  private static @Nullable Long minute(@Nullable Instant time) {
    return time == null ? null : (Long) (time.getEpochSecond() / 60);
  }

  /** The newest state of each session that had not ended by then. */
  private HistoryAnswer moment(Instant at) throws SQLException {
    var sessions = new ArrayList<Doing>();
    try (var query =
        connection.prepareStatement(
            """
            SELECT id, harness, project, kind, status, at, tool, text FROM session JOIN entry
              ON entry.nr = (SELECT nr FROM entry WHERE entry.session = session.nr AND at <= ?1
                AND kind IN ('state', 'ended') ORDER BY at DESC, nr DESC LIMIT 1)
            WHERE kind = 'state' AND (ended IS NULL OR ended > ?1)
            ORDER BY at LIMIT ?2\
            """)) {
      query.setQueryTimeout(PATIENCE_SECONDS);
      Rows.bind(query, at, MAX_SUMS);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          sessions.add(
              new Doing(
                  rows.getString("id"),
                  rows.getString("harness"),
                  rows.getString("project"),
                  rows.getString("status"),
                  Instant.ofEpochMilli(rows.getLong("at")),
                  rows.getString("tool"),
                  rows.getString("text")));
        }
      }
    }
    return new HistoryAnswer.Moment(at, sessions);
  }

  /** What goes on under another name is not over; a subagent is part of its session. */
  private HistoryAnswer ended(HistoryQuestion.Ended wanted) throws SQLException {
    var sessions = new ArrayList<Over>();
    try (var query =
        connection.prepareStatement(
            """
            SELECT ended, id, harness, project, branch, model, reason, began, cost FROM session
            WHERE ended >= coalesce(?1, 0) AND parent IS NULL AND reason <> 'renamed'
              AND NOT (reason = 'replaced' AND substr(id, 1, 8) = 'pending-')
            ORDER BY ended DESC, nr DESC LIMIT ?2\
            """)) {
      query.setQueryTimeout(PATIENCE_SECONDS);
      Rows.bind(query, wanted.from(), wanted.limit());
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          sessions.add(over(rows));
        }
      }
    }
    return new HistoryAnswer.Ended(sessions);
  }

  private static Over over(ResultSet row) throws SQLException {
    var cost = row.getLong("cost");
    var model = row.getString("model");
    return new Over(
        Instant.ofEpochMilli(row.getLong("ended")),
        row.getString("id"),
        row.getString("harness"),
        row.getString("project"),
        row.getString("branch"),
        Model.UNKNOWN.name().equals(model) ? null : model,
        row.getString("reason"),
        Instant.ofEpochMilli(row.getLong("began")),
        cost == 0 ? null : (Double) (cost / 1e6));
  }
}
