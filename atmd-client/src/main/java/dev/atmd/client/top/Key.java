package dev.atmd.client.top;

/** What was pressed. */
sealed interface Key {
  /** A character that was typed. */
  record Typed(int codePoint) implements Key {}

  /** A key that types nothing. */
  enum Named implements Key {
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    ESCAPE,
    BACKSPACE,
    /** Ctrl-U. */
    CLEAR,
    /** Ctrl-L. */
    REDRAW,
    /** Ctrl-C, or the end of the input. */
    CANCEL,
    /** Anything else. */
    UNKNOWN
  }

  static Key typed(char character) {
    return new Typed(character);
  }
}
