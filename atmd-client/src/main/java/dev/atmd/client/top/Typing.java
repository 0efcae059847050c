package dev.atmd.client.top;

/** What is typed into a pane. */
sealed interface Typing {
  /** A key by its name in tmux, such as {@code Enter}. */
  record Press(String key) implements Typing {}

  /** One character, and nothing after it. */
  record Digit(char digit) implements Typing {}

  /** Text as it is, then Enter. */
  record Text(String text) implements Typing {}

  /** How it is shown to whoever has to confirm it. */
  default String shown() {
    return switch (this) {
      case Press(var key) -> "the key " + key;
      case Digit(var digit) -> "the character " + digit + ", without Enter";
      case Text(var text) -> "“" + text + "” and the key Enter";
    };
  }
}
