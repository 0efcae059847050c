package dev.atmd.client.top;

/** A horizontal line with a title in it. */
final class Rule {
  private Rule() {}

  static Line line(int width, String title) {
    var line = Line.of(width).add(Tone.DIM, "── ").add(Tone.TITLE, title).blank(1);
    return line.add(Tone.DIM, "─".repeat(line.left(0))).done();
  }
}
