package dev.atmd.client.text;

import dev.atmd.core.text.TerminalText;

/**
 * Columns that text takes on a terminal: two for East Asian wide characters and emoji, none for
 * combining marks. Expects {@linkplain TerminalText neutral} text.
 */
public final class TextWidth {
  /** First and last of each wide range (Unicode East Asian Width W and F), ascending. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF,
    0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x17000, 0x18CFF, 0x1B000, 0x1B2FF, 0x20000,
    0x3FFFD
  };

  private TextWidth() {}

  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  static int of(int c) {
    var type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /** At most {@code width} columns, with an ellipsis where something is missing. */
  public static String cut(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    var kept = new StringBuilder();
    var left = width - 1;
    for (var c : text.codePoints().toArray()) {
      left -= of(c);
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return width < 1 ? "" : kept.append('…').toString();
  }

  private static boolean isWide(int c) {
    if (Character.isEmojiPresentation(c)) {
      return true;
    }
    for (var i = 0; i < WIDE.length && c >= WIDE[i]; i += 2) {
      if (c <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
