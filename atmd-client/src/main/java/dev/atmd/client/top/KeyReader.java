package dev.atmd.client.top;

import dev.atmd.client.top.Key.Named;
import dev.atmd.client.top.Key.Typed;
import java.io.IOException;

/** Makes keys of the characters that a terminal sends. Confined to the thread that reads. */
final class KeyReader {
  /** Between the characters of one key; a person who presses Escape alone is slower. */
  private static final long WITHIN_A_KEY_MILLIS = 40;

  /** Longer than any key is. */
  private static final int MAX_SEQUENCE = 16;

  private static final int ESCAPE = 0x1b;

  private final Source source;

  KeyReader(Source source) {
    this.source = source;
  }

  /** Where characters come from. */
  interface Source {
    /** The end of the input. */
    int END = -1;

    /** Nothing came in time. */
    int NOTHING = -2;

    /** The next UTF-16 unit; waits for ever if {@code millis} is 0. */
    int read(long millis) throws IOException;
  }

  /** The next key, however long it takes. */
  Key next() throws IOException {
    var c = source.read(0);
    return switch (c) {
      case Source.END, 0x03, 0x04 -> Named.CANCEL;
      case ESCAPE -> afterEscape();
      case '\r', '\n' -> Named.ENTER;
      case 0x7f, 0x08 -> Named.BACKSPACE;
      case 0x15 -> Named.CLEAR;
      case 0x0c -> Named.REDRAW;
      case 0x0e -> Named.DOWN;
      case 0x10 -> Named.UP;
      default -> c < 0x20 ? Named.UNKNOWN : typed(c);
    };
  }

  private Key typed(int c) throws IOException {
    if (!Character.isHighSurrogate((char) c)) {
      return Character.isISOControl(c) ? Named.UNKNOWN : new Typed(c);
    }
    var low = source.read(WITHIN_A_KEY_MILLIS);
    return low >= 0 && Character.isLowSurrogate((char) low)
        ? new Typed(Character.toCodePoint((char) c, (char) low))
        : Named.UNKNOWN;
  }

  /** {@code ESC}, {@code ESC [ parameters final}, {@code ESC O final}. */
  private Key afterEscape() throws IOException {
    var next = source.read(WITHIN_A_KEY_MILLIS);
    if (next == Source.NOTHING) {
      return Named.ESCAPE;
    }
    if (next != '[' && next != 'O') {
      return next == Source.END ? Named.CANCEL : Named.UNKNOWN;
    }
    var parameters = new StringBuilder();
    while (parameters.length() < MAX_SEQUENCE) {
      var c = source.read(WITHIN_A_KEY_MILLIS);
      if (c < 0) {
        return Named.UNKNOWN;
      }
      if (c >= 0x40 && c <= 0x7e) {
        return sequence(parameters.toString(), (char) c);
      }
      parameters.append((char) c);
    }
    return Named.UNKNOWN;
  }

  private static Key sequence(String parameters, char last) {
    return switch (last) {
      case 'A' -> Named.UP;
      case 'B' -> Named.DOWN;
      case 'C' -> Named.RIGHT;
      case 'D' -> Named.LEFT;
      case 'H' -> Named.HOME;
      case 'F' -> Named.END;
      case '~' ->
          switch (parameters) {
            case "1", "7" -> Named.HOME;
            case "4", "8" -> Named.END;
            case "5" -> Named.PAGE_UP;
            case "6" -> Named.PAGE_DOWN;
            default -> Named.UNKNOWN;
          };
      default -> Named.UNKNOWN;
    };
  }
}
