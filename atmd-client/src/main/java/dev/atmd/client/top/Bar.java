package dev.atmd.client.top;

import java.util.Locale;

/** A share as blocks: green, from a half on yellow, from nine tenths on red. */
final class Bar {
  private static final double FAIR = 50;
  private static final double BAD = 90;

  private Bar() {}

  static Tone tone(double percentage) {
    return percentage >= BAD ? Tone.BAD : percentage >= FAIR ? Tone.FAIR : Tone.GOOD;
  }

  static void add(Line.Draft line, double percentage, int columns) {
    var full = (int) Math.round(Math.clamp(percentage, 0, 100) * columns / 100);
    line.add(tone(percentage), "█".repeat(full)).add(Tone.DIM, "░".repeat(columns - full));
  }

  static String percent(double percentage) {
    return String.format(Locale.ROOT, "%.0f%%", percentage);
  }
}
