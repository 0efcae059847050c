package dev.atmd.client.top;

import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows, and the characters that turn it into something else: whole rows, each at
 * its own place, so that nothing hangs on how wide a terminal takes a character to be. Not
 * thread-safe.
 */
final class Canvas {
  /** The other screen, no cursor, no wrapping of lines. */
  static final String ENTER = "\033[?1049h\033[?25l\033[?7l\033[2J";

  static final String LEAVE = "\033[0m\033[?7h\033[?25h\033[?1049l";

  /** A terminal that knows these shows what is between them at once; others ignore them. */
  private static final String BEGIN = "\033[?2026h";

  private static final String END = "\033[?2026l";

  private List<String> shown = List.of();

  /** What turns the last picture into this one; empty if they are equal. */
  String difference(List<String> rows) {
    var text = new StringBuilder();
    for (var i = 0; i < Math.max(rows.size(), shown.size()); i++) {
      var row = i < rows.size() ? rows.get(i) : "";
      if (i >= shown.size() || !shown.get(i).equals(row)) {
        // Erased before it is written: behind the last column there is nothing to erase from.
        text.append("\033[").append(i + 1).append(";1H\033[K").append(row);
      }
    }
    shown = new ArrayList<>(rows);
    return text.isEmpty() ? "" : BEGIN + text + END;
  }

  /** Takes the screen for empty; what makes it so. */
  String clear() {
    shown = List.of();
    return "\033[0m\033[2J";
  }
}
