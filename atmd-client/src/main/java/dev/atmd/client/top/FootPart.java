package dev.atmd.client.top;

import dev.atmd.client.text.TextWidth;
import dev.atmd.client.top.Mode.Confirming;
import dev.atmd.client.top.Mode.Filtering;
import dev.atmd.client.top.Mode.Replying;
import java.util.List;

/** The last row: what was said last, what is being typed, or which keys there are. Pure. */
record FootPart(Size size) {
  /** A key and what it does, the most useful first. */
  private record Hint(String key, String word) {}

  private static final List<Hint> HINTS =
      List.of(
          new Hint("?", "help"),
          new Hint("Enter", "go"),
          new Hint("w", "next waiting"),
          new Hint("y/n", "answer"),
          new Hint("r", "reply"),
          new Hint("/", "filter"),
          new Hint("q", "quit"),
          new Hint("p", "group"),
          new Hint("s", "sort"),
          new Hint("z", "fold"),
          new Hint("space", "detail"),
          new Hint("i", "interrupt"),
          new Hint("K", "kill"),
          new Hint("t", "theme"),
          new Hint("x", "clear finished"));

  Line line(Controls controls) {
    if (controls.mode() instanceof Filtering) {
      return Line.of(size.columns())
          .add(Tone.ACCENT, " /")
          .add(Tone.STRONG, controls.filter())
          .add(Tone.ACCENT, "▏")
          .add(Tone.DIM, " Enter keeps it, Esc clears it")
          .done();
    }
    if (controls.mode() instanceof Confirming || controls.mode() instanceof Replying) {
      // The keys that count stand above.
      return Line.of(size.columns()).done();
    }
    var notice = controls.notice();
    if (notice != null) {
      return Line.of(
          size.columns(), notice.isTrouble() ? Tone.WAITING : Tone.ACCENT, " " + notice.text());
    }
    return hints();
  }

  /** As many as fit whole. */
  private Line hints() {
    var line = Line.of(size.columns());
    for (var hint : HINTS) {
      var needed = TextWidth.of(hint.key()) + TextWidth.of(hint.word()) + 3;
      if (line.left(0) < needed) {
        break;
      }
      line.blank(1).add(Tone.ACCENT, hint.key()).add(Tone.DIM, " " + hint.word() + " ");
    }
    return line.done();
  }
}
