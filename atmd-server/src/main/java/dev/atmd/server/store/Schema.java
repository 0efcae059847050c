package dev.atmd.server.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables, and how those of each version become those of the next. Times are milliseconds since
 * 1970, money is in millionths of a dollar.
 *
 * <pre>
 * live     sessions there are, all that the registry knows of each, as JSON
 * over     sessions that ended, as long as what is late must not bring them back
 * seen     names of events that have been applied, the newest with the largest nr
 * meta     single facts
 * session  every session there ever was, one row for each name, as it is known last
 * entry    what happened to a session; columns that do not matter to a kind are null
 * usage    what a session consumed in a minute
 * </pre>
 */
final class Schema {
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE live (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID",
              """
              CREATE TABLE over (id TEXT PRIMARY KEY, at INTEGER NOT NULL, reason TEXT NOT NULL,
                until INTEGER NOT NULL) WITHOUT ROWID\
              """,
              "CREATE TABLE seen (nr INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE)",
              "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
              """
              CREATE TABLE session (nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
                harness TEXT NOT NULL, agent_type TEXT NOT NULL, parent TEXT, project TEXT,
                directory TEXT, branch TEXT, model TEXT, prompt TEXT,
                began INTEGER NOT NULL, ended INTEGER, reason TEXT,
                cost INTEGER NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL)\
              """,
              """
              CREATE TABLE entry (nr INTEGER PRIMARY KEY, session INTEGER NOT NULL,
                at INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT, tool TEXT, call TEXT,
                text TEXT, signal TEXT, rule TEXT)\
              """,
              "CREATE INDEX entry_session ON entry (session, at)",
              "CREATE INDEX entry_at ON entry (at)",
              """
              CREATE TABLE usage (session INTEGER NOT NULL, minute INTEGER NOT NULL,
                model TEXT NOT NULL, cost INTEGER NOT NULL, tokens_in INTEGER NOT NULL,
                tokens_out INTEGER NOT NULL, PRIMARY KEY (session, minute, model)) WITHOUT ROWID\
              """,
              "CREATE INDEX usage_minute ON usage (minute)"));

  private Schema() {}

  /** The version that this daemon writes. */
  static int version() {
    return VERSIONS.size();
  }

  /** Whether the database has the tables of this version, and no others. */
  static boolean isThatOf(Connection connection) throws SQLException {
    try (var model = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      migrate(model, 0);
      return tables(model).equals(tables(connection));
    }
  }

  private static Set<String> tables(Connection connection) throws SQLException {
    var tables = new HashSet<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT name, sql FROM sqlite_master")) {
      while (rows.next()) {
        tables.add(rows.getString(1) + ": " + rows.getString(2));
      }
    }
    return tables;
  }

  /** Brings a database of this version or an earlier one, or an empty one, up to date. */
  static void migrate(Connection connection, int from) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      for (var statements : VERSIONS.subList(from, VERSIONS.size())) {
        for (var sql : statements) {
          statement.execute(sql);
        }
      }
      statement.execute("PRAGMA user_version = " + version());
    }
    connection.commit();
    connection.setAutoCommit(true);
  }
}
