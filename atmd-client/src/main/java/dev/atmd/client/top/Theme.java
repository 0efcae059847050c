package dev.atmd.client.top;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How tones look, as parameters of "select graphic rendition". No meaning hangs on a colour alone:
 * glyphs and words say the same.
 */
public enum Theme {
  DARK(
      "48;5;236",
      "38;5;245",
      "1;38;5;214",
      "1;38;5;75",
      "38;5;78",
      "38;5;78",
      "38;5;214",
      "1;38;5;203",
      "38;5;75"),
  LIGHT(
      "48;5;254",
      "38;5;242",
      "1;38;5;130",
      "1;38;5;25",
      "38;5;28",
      "38;5;28",
      "38;5;130",
      "1;38;5;160",
      "38;5;25"),
  /** Orange and blue, which every common kind of colour blindness tells apart. */
  COLOUR_BLIND(
      "48;5;236",
      "38;5;248",
      "1;38;5;208",
      "1;38;5;117",
      "38;5;33",
      "38;5;33",
      "38;5;220",
      "1;38;5;208",
      "38;5;117"),
  /** Weight only (no-color.org). */
  NONE("7", "2", "1", "1", "", "", "", "1", "1");

  private final String selected;
  private final String dim;
  private final Map<Tone, String> colours;

  Theme(
      String selected,
      String dim,
      String waiting,
      String done,
      String working,
      String good,
      String fair,
      String bad,
      String accent) {
    this.selected = selected;
    this.dim = dim;
    this.colours =
        Map.of(
            Tone.WAITING,
            waiting,
            Tone.DONE,
            done,
            Tone.WORKING,
            working,
            Tone.GOOD,
            good,
            Tone.FAIR,
            fair,
            Tone.BAD,
            bad,
            Tone.ACCENT,
            accent);
  }

  /** The theme with this name, as users write it: {@code colour-blind}. */
  public static Optional<Theme> ofWord(String word) {
    var wanted = word.toLowerCase(Locale.ROOT).replace("color", "colour");
    for (var theme : values()) {
      if (theme.word().equals(wanted)) {
        return Optional.of(theme);
      }
    }
    return Optional.empty();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Theme next() {
    return switch (this) {
      case DARK -> LIGHT;
      case LIGHT -> COLOUR_BLIND;
      case COLOUR_BLIND -> NONE;
      case NONE -> DARK;
    };
  }

  String selected() {
    return selected;
  }

  String look(Tone tone) {
    return switch (tone) {
      case PLAIN -> "";
      case STRONG, TITLE -> "1";
      case DIM, IDLE -> dim;
      case ACCENT, WAITING, DONE, WORKING, GOOD, FAIR, BAD -> colours.getOrDefault(tone, "");
    };
  }
}
