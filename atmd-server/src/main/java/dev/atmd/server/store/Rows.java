package dev.atmd.server.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts values into a statement, one after another. */
final class Rows {
  private final PreparedStatement statement;
  private int parameter;

  private Rows(PreparedStatement statement) {
    this.statement = statement;
  }

  /**
   * Runs the statement with these values: texts, numbers, truths, times (in milliseconds), null.
   */
  static int run(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    bind(statement, values);
    return statement.executeUpdate();
  }

  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    var rows = new Rows(statement);
    for (var value : values) {
      rows.put(value);
    }
  }

  private void put(@Nullable Object value) throws SQLException {
    parameter++;
    switch (value) {
      case null -> statement.setNull(parameter, Types.NULL);
      case String text -> statement.setString(parameter, text);
      case Instant time -> statement.setLong(parameter, time.toEpochMilli());
      case Number number -> statement.setLong(parameter, number.longValue());
      case Boolean truth -> statement.setInt(parameter, truth ? 1 : 0);
      default -> throw new IllegalArgumentException("no column is a " + value.getClass());
    }
  }
}
