package dev.atmd.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets the oldest history go, and gives its space back to the disk; a piece at a time, so that
 * nobody waits for it. Confined to one thread.
 */
final class Retention {
  /** Rows of one piece; some 10 ms. */
  private static final int PIECE = 5_000;

  /** Pages of 4 KiB that are given back at once. */
  private static final int PAGES = 1_024;

  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofDays(1);

  private final Connection connection;
  private final StoreConfig config;
  private Instant next = Instant.MIN;

  /** Of the round that is being done piece by piece. */
  private @Nullable Instant cutoff;

  Retention(Connection connection, StoreConfig config) {
    this.connection = connection;
    this.config = config;
  }

  /** Does one piece if there is something to do; says whether there is more. */
  boolean work(Instant now) throws SQLException {
    // A clock that was put back must not put this off for long.
    if (now.isBefore(next) && now.plus(EVERY).isAfter(next)) {
      return false;
    }
    if (cutoff == null) {
      cutoff = cutoff(now);
    }
    var removed = removeOlderThan(cutoff);
    if (removed == 0 && usedBytes() > config.historyBytes()) {
      removed = removeOldest();
    }
    var freed = giveBack();
    if (removed == 0 && !freed) {
      next = now.plus(EVERY);
      cutoff = null;
      return false;
    }
    return true;
  }

  /**
   * What is older than this is too old. Moves by a day at most, so that a clock that is wrong for a
   * while costs no more.
   */
  private Instant cutoff(Instant now) throws SQLException {
    var wanted = now.minus(config.historyAge());
    var known = knownCutoff();
    var cutoff = known == null || wanted.isBefore(known.plus(STEP)) ? wanted : known.plus(STEP);
    run("INSERT OR REPLACE INTO meta VALUES ('cutoff', ?)", Long.toString(cutoff.toEpochMilli()));
    return cutoff;
  }

  private @Nullable Instant knownCutoff() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT value FROM meta WHERE name = 'cutoff'")) {
      return row.next() ? Instant.ofEpochMilli(Long.parseLong(row.getString(1))) : null;
    }
  }

  private int removeOlderThan(Instant time) throws SQLException {
    var removed =
        run(
            "DELETE FROM entry WHERE nr IN (SELECT nr FROM entry WHERE at < ? LIMIT ?)",
            time,
            PIECE);
    removed += run("DELETE FROM usage WHERE minute < ?", time.getEpochSecond() / 60);
    removed +=
        run(
            """
            DELETE FROM session WHERE nr IN (SELECT nr FROM session WHERE ended < ?
              AND NOT EXISTS (SELECT 1 FROM usage WHERE session = session.nr) LIMIT ?)\
            """,
            time,
            PIECE);
    return removed;
  }

  /** A twentieth of what there is. */
  private int removeOldest() throws SQLException {
    return run(
        """
        DELETE FROM entry WHERE nr IN (SELECT nr FROM entry ORDER BY at
          LIMIT (SELECT min(?, 1 + (max(nr) - min(nr)) / 20) FROM entry))\
        """,
        PIECE);
  }

  /** Says whether there is more to give. */
  private boolean giveBack() throws SQLException {
    if (pragma("freelist_count") == 0) {
      return false;
    }
    try (var statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES + ")");
    }
    return pragma("freelist_count") > 0;
  }

  private long usedBytes() throws SQLException {
    return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
  }

  private long pragma(String name) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA " + name)) {
      return row.getLong(1);
    }
  }

  private int run(String sql, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      return Rows.run(statement, values);
    }
  }
}
