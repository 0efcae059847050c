package dev.atmd.server.store;

import dev.atmd.core.registry.ChangeSet;
import dev.atmd.core.registry.KeptSession;
import dev.atmd.core.registry.Memory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts one set of changes after another into the database. Confined to one thread at a time. */
final class StoreWriter {
  private final Database database;
  private final StoreConfig config;
  private final UnaryOperator<String> redaction;
  private final int rememberedEvents;
  private final String boot;

  /** Null until the database can be opened, and after it had to be given up. */
  private @Nullable Opened opened;

  /** Whether the sessions in the database are not those that the changes belong to. */
  private boolean outdated = true;

  StoreWriter(
      Database database,
      StoreConfig config,
      UnaryOperator<String> redaction,
      int rememberedEvents,
      String boot) {
    this.database = database;
    this.config = config;
    this.redaction = redaction;
    this.rememberedEvents = rememberedEvents;
    this.boot = boot;
  }

  /** What is used of an open database. */
  private record Opened(
      Connection connection, LiveSessions live, HistoryWriter history, Retention retention) {
    void close() throws SQLException {
      try (connection;
          live;
          history) {
        connection.setAutoCommit(true);
      }
    }
  }

  /** What an earlier run has left. */
  Memory restore(Instant now) throws SQLException, IOException {
    var open = open(now);
    var memory = open.live.read(now);
    outdated = false;
    return isOfThisBoot(open.connection)
        ? memory
        : new Memory(
            memory.sessions().stream().map(KeptSession::afterReboot).toList(),
            memory.ended(),
            memory.seenEvents());
  }

  /** Whether all sessions must be among the next changes. */
  boolean needsEverything() {
    return outdated;
  }

  /** The next changes must have all sessions. */
  void outdate() {
    outdated = true;
  }

  /** Writes all of it, or nothing; when this returns it is on the disk. */
  void write(ChangeSet changes, Instant now) throws SQLException, IOException {
    var open = open(now);
    try {
      open.live.apply(changes, now);
      open.history.apply(changes, now);
      if (outdated) {
        noteBoot(open.connection);
      }
      open.connection.commit();
      outdated = false;
    } catch (SQLException | RuntimeException e) {
      abandon(open, e, now);
      throw e;
    }
  }

  /** Does a piece of what keeps the history within its bounds; says whether there is more. */
  boolean tidy(Instant now) throws SQLException, IOException {
    var open = open(now);
    try {
      var more = open.retention.work(now);
      open.connection.commit();
      return more;
    } catch (SQLException | RuntimeException e) {
      abandon(open, e, now);
      throw e;
    }
  }

  void close() throws SQLException {
    var open = opened;
    opened = null;
    if (open != null) {
      open.close();
    }
  }

  private Opened open(Instant now) throws SQLException, IOException {
    var open = opened;
    if (open == null) {
      var connection = database.open(now);
      connection.setAutoCommit(false);
      open =
          new Opened(
              connection,
              new LiveSessions(connection, new SessionJson(redaction), rememberedEvents),
              new HistoryWriter(connection, config, redaction),
              new Retention(connection, config));
      opened = open;
    }
    return open;
  }

  /** Nothing of what was begun remains, and the next attempt begins with a fresh look. */
  private void abandon(Opened open, Exception failure, Instant now)
      throws SQLException, IOException {
    opened = null;
    try {
      open.connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    try {
      open.close();
    } catch (SQLException e) {
      // SQLite may have rolled back by itself: what has failed first is what matters.
      failure.addSuppressed(e);
    }
    if (failure instanceof SQLException e && Database.isUnreadable(e)) {
      outdated = true;
      database.setAside("unreadable", now, "the database is damaged (" + e.getMessage() + ")");
    }
  }

  private boolean isOfThisBoot(Connection connection) throws SQLException {
    String before;
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT value FROM meta WHERE name = 'boot'")) {
      before = row.next() ? row.getString(1) : null;
    }
    noteBoot(connection);
    connection.commit();
    return before == null || before.equals(boot);
  }

  private void noteBoot(Connection connection) throws SQLException {
    try (var put = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES ('boot', ?)")) {
      Rows.run(put, boot);
    }
  }
}
