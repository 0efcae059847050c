package dev.atmd.client.cli;

/**
 * The one place where text of a session, or of the daemon, is made harmless for a terminal: nothing
 * that comes out moves the cursor, turns the direction of writing, hides, or ends the line.
 */
final class TerminalText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int DROPPED = -1;

  private TerminalText() {}

  /** One line of visible characters. */
  static String neutral(String text) {
    var visible = new StringBuilder(text.length());
    text.codePoints()
        .map(TerminalText::neutral)
        .filter(c -> c != DROPPED)
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }

  /** Several lines, each neutral. */
  static String neutralLines(String text) {
    var visible = new StringBuilder(text.length());
    text.lines().forEach(line -> visible.append(neutral(line)).append('\n'));
    return visible.toString();
  }

  /** The same JSON value, with everything a terminal could act on written as an escape. */
  static String neutralJson(String json) {
    var visible = new StringBuilder(json.length());
    json.codePoints()
        .forEach(c -> {
          if (c == '\n' || neutral(c) == c) {
            visible.appendCodePoint(c);
          } else {
            for (var unit : Character.toChars(c)) {
              visible.append(String.format("\\u%04x", (int) unit));
            }
          }
        });
    return visible.toString();
  }

  private static int neutral(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> isWhiteSpace(c) ? ' ' : REPLACEMENT;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
          ' ';
      // Bidirectional controls, zero-width characters, tags.
      case Character.FORMAT -> DROPPED;
      case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> REPLACEMENT;
      default -> isInvisible(c) ? DROPPED : c;
    };
  }

  private static boolean isWhiteSpace(int c) {
    return (c >= '\t' && c <= '\r') || c == 0x85;
  }

  /**
   * Letters and marks that show nothing: joiners, fillers, variation selectors, a blank pattern.
   */
  private static boolean isInvisible(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2800
        || c == 0x3164
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFFA0
        || (c >= 0xE0100 && c <= 0xE01EF);
  }
}
