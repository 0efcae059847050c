package dev.atmd.client.cli;

/** Colours, where they are wanted; elsewhere text stays as it is. */
record Paint(boolean isOn) {
  enum Color {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GREEN("32"),
    YELLOW("33"),
    RED("31"),
    ALARM("1;33");

    private final String code;

    Color(String code) {
      this.code = code;
    }
  }

  /** {@code text} must be neutral already: colour is all that may control the terminal. */
  String apply(Color color, String text) {
    return isOn && color != Color.PLAIN ? "\033[" + color.code + "m" + text + "\033[0m" : text;
  }
}
