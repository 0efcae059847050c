package dev.atmd.client.cli;

import dev.atmd.client.cli.Paint.Color;
import java.util.function.Function;

/**
 * The columns of the table, from left to right.
 *
 * <p>Where there is no room for all, those of the highest {@code sacrifice} go first; the others
 * shrink down to {@code least}.
 */
enum Column {
  ICON(" ", 1, 0, SessionRow::icon),
  ID("ID", 8, 6, SessionRow::id),
  HARNESS("AGENT", 5, 8, SessionRow::harness),
  STATUS("STATUS", 11, 1, SessionRow::state),
  CONTEXT("CTX", 3, 4, SessionRow::context),
  COST("COST", 4, 5, SessionRow::cost),
  MODEL("MODEL", 6, 7, SessionRow::model),
  PROJECT("PROJECT", 7, 2, SessionRow::project),
  AGE("AGE", 3, 3, SessionRow::age),
  PANE("PANE", 4, 9, SessionRow::pane);

  private final String title;
  private final int least;
  private final int sacrifice;
  private final Function<SessionRow, String> text;

  Column(String title, int least, int sacrifice, Function<SessionRow, String> text) {
    this.title = title;
    this.least = least;
    this.sacrifice = sacrifice;
    this.text = text;
  }

  String title() {
    return title;
  }

  int least() {
    return least;
  }

  int sacrifice() {
    return sacrifice;
  }

  String text(SessionRow row) {
    return text.apply(row);
  }

  Color color(SessionRow row) {
    return switch (this) {
      case ICON, STATUS ->
          switch (row.status()) {
            case ATTENTION_NEEDED -> Color.ALARM;
            case WORKING -> Color.GREEN;
            case IDLE -> Color.DIM;
          };
      case CONTEXT -> row.contextColor();
      case ID, MODEL, AGE, PANE -> Color.DIM;
      case HARNESS, COST, PROJECT -> Color.PLAIN;
    };
  }
}
