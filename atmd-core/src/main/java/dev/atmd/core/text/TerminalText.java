package dev.atmd.core.text;

/**
 * The one place where text of a session, a daemon or a file is made harmless for a terminal:
 * nothing that comes out moves the cursor, turns the direction of writing, hides, or ends the line.
 * Pure.
 */
public final class TerminalText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int DROPPED = -1;

  /** As many as any script stacks on a letter, doubled; more would paint over other lines. */
  private static final int MAX_MARKS = 8;

  private TerminalText() {}

  /** One line of visible characters. */
  public static String neutral(String text) {
    var visible = new StringBuilder(text.length());
    var marks = 0;
    for (var at = 0; at < text.length(); ) {
      var c = text.codePointAt(at);
      at += Character.charCount(c);
      var shown = neutral(c);
      marks = isMark(shown) ? marks + 1 : shown == DROPPED ? marks : 0;
      if (shown != DROPPED && marks <= MAX_MARKS) {
        visible.appendCodePoint(shown);
      }
    }
    return visible.toString();
  }

  /** Several lines, each neutral. */
  public static String neutralLines(String text) {
    var visible = new StringBuilder(text.length());
    text.lines().forEach(line -> visible.append(neutral(line)).append('\n'));
    return visible.toString();
  }

  /** The same JSON value, with everything a terminal could act on written as an escape. */
  public static String neutralJson(String json) {
    var visible = new StringBuilder(json.length());
    var marks = 0;
    for (var at = 0; at < json.length(); ) {
      var c = json.codePointAt(at);
      at += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (c == '\n' || (neutral(c) == c && marks <= MAX_MARKS)) {
        visible.appendCodePoint(c);
      } else if (c == '\t' || c == '\r') {
        // Between values: inside of strings these are always escaped.
        visible.append(' ');
      } else {
        for (var unit : Character.toChars(c)) {
          visible.append(String.format("\\u%04x", (int) unit));
        }
      }
    }
    return visible.toString();
  }

  private static int neutral(int c) {
    if (c >= ' ' && c < 0x7F) {
      return c;
    }
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

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      default -> false;
    };
  }

  /**
   * Letters and marks that show nothing: joiners, fillers, variation selectors, a blank pattern, a
   * note without a head.
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
        || c == 0x16FE4
        || c == 0x1D159
        || (c >= 0xE0100 && c <= 0xE01EF);
  }
}
