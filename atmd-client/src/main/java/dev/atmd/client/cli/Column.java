package dev.atmd.client.cli;

import dev.atmd.client.cli.Paint.Color;

/**
 * The columns of the table, from left to right.
 *
 * <p>Where there is no room for all, those of the highest {@code sacrifice} go first; the others
 * shrink down to {@code least}.
 */
enum Column {
  ICON(" ", 1, 0),
  ID("ID", 8, 6),
  HARNESS("AGENT", 6, 8),
  STATUS("STATUS", 12, 1),
  CONTEXT("CTX", 4, 4),
  COST("COST", 6, 5),
  MODEL("MODEL", 8, 7),
  PROJECT("PROJECT", 11, 2),
  AGE("AGE", 4, 3),
  PANE("PANE", 4, 9);

  private final String title;
  private final int least;
  private final int sacrifice;

  Column(String title, int least, int sacrifice) {
    this.title = title;
    this.least = least;
    this.sacrifice = sacrifice;
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
    return switch (this) {
      case ICON -> row.icon();
      case ID -> row.id();
      case HARNESS -> row.harness();
      case STATUS -> row.state();
      case CONTEXT -> row.context();
      case COST -> row.cost();
      case MODEL -> row.model();
      case PROJECT -> row.project();
      case AGE -> row.age();
      case PANE -> row.pane();
    };
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
