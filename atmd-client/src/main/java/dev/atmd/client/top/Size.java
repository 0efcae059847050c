package dev.atmd.client.top;

/** Of a screen, in characters. */
record Size(int columns, int rows) {
  /** Narrower than this there are no columns, only a list beside something else. */
  private static final int NARROW = 60;

  private static final int WIDE = 100;

  Size {
    columns = Math.max(1, columns);
    rows = Math.max(1, rows);
  }

  boolean isNarrow() {
    return columns < NARROW;
  }

  boolean isWide() {
    return columns >= WIDE;
  }
}
