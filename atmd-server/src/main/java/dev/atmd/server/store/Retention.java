package dev.atmd.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

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

  private final Connection connection;
  private final StoreConfig config;
  private Instant next = Instant.MIN;

  Retention(Connection connection, StoreConfig config) {
    this.connection = connection;
    this.config = config;
  }

  /** Does one piece if there is something to do; says whether there is more. */
  boolean work(Instant now) throws SQLException {
    if (now.isBefore(next)) {
      return false;
    }
    var removed = removeOlderThan(now.minus(config.historyAge()));
    if (removed == 0 && usedBytes() > config.historyBytes()) {
      removed = removeOldest();
    }
    var freed = giveBack();
    if (removed == 0 && !freed) {
      next = now.plus(EVERY);
      return false;
    }
    return true;
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
