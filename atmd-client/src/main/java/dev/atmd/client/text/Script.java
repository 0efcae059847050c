package dev.atmd.client.text;

import dev.atmd.core.text.TerminalText;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The characters that a terminal can show. Here alone it is decided which, and what they become.
 */
public enum Script {
  UNICODE {
    @Override
    public String text(String text) {
      return text;
    }

    @Override
    String escaped(String json) {
      return json;
    }
  },
  /** What stands for a character takes as many columns, so that nothing moves. */
  ASCII {
    @Override
    public String text(String text) {
      var shown = new StringBuilder(text.length());
      text.codePoints()
          .forEach(c -> {
            if (c < 0x80) {
              shown.append((char) c);
            } else {
              var sign = sign(c);
              shown.append(sign != 0 ? String.valueOf(sign) : "?".repeat(TextWidth.of(c)));
            }
          });
      return shown.toString();
    }

    @Override
    String escaped(String json) {
      var escaped = new StringBuilder(json.length());
      json.chars()
          .forEach(c ->
              escaped.append(c < 0x80 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
      return escaped.toString();
    }
  };

  /**
   * What the environment asks for: the first that is set of the variables that choose a locale.
   * Where none is, nobody has said that the terminal is an old one.
   */
  public static Script of(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(locale -> !locale.isEmpty())
        .findFirst()
        .filter(locale -> !locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
        .map(_ -> ASCII)
        .orElse(UNICODE);
  }

  /** Neutral text as this terminal shows it. */
  public abstract String text(String text);

  /** JSON that this terminal shows without acting on it, and that means the same. */
  public final String json(String json) {
    return escaped(TerminalText.neutralJson(json));
  }

  abstract String escaped(String json);

  /**
   * What stands for a sign of ours; 0 if it is none. States are those that {@code atm list} has
   * always shown.
   */
  static char sign(int c) {
    return switch (c) {
      case '◐' -> '!';
      case '◉' -> '*';
      case '●' -> '>';
      case '○' -> '-';
      case '■' -> 'x';
      case '▸' -> '+';
      case '▾' -> 'v';
      case '▌', '│' -> '|';
      case '▏' -> '_';
      case '└' -> '`';
      case '─', '–', '—' -> '-';
      case '█' -> '#';
      case '░' -> '.';
      case '…' -> '~';
      case '·' -> '|';
      case '“', '”' -> '"';
      case '→' -> '>';
      case '←' -> '<';
      case '↑' -> '^';
      case '↓' -> 'v';
      case '↻' -> '@';
      default -> 0;
    };
  }
}
