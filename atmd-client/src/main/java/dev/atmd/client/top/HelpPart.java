package dev.atmd.client.top;

import java.util.ArrayList;
import java.util.List;

/** All keys and signs. Pure. */
record HelpPart(Size size) {
  private static final int KEYS = 12;
  private static final int NARROW_KEYS = 8;

  /** Keys, what they do, and the same in a few letters. */
  private record Row(String keys, String text, String brief) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("j k ↓ ↑", "next, previous; g G first, last", "down, up"),
          new Row("w", "next session that waits for you", "next waiting"),
          new Row("Enter", "go to its tmux pane", "go to its pane"),
          new Row("y n 1–9", "answer yes, no, or a numbered choice", "answer"),
          new Row("r", "reply with text", "reply"),
          new Row("i  K", "interrupt its turn, kill its process", "interrupt, kill"),
          new Row("", "y n 1–9 r i K show what they do and ask first", "(they ask first)"),
          new Row("/", "filter; Esc clears it", "filter"),
          new Row("z  x", "fold the group, clear the finished ones", "fold, clear ended"),
          new Row("o → ←", "show, hide subagents (▸2)", "subagents"),
          new Row("p  s", "group by state or project, sort", "group, sort"),
          new Row("Space", "detail of the selected session", "detail"),
          new Row("t", "theme: dark, light, colour-blind, none", "theme"),
          new Row("q", "quit", "quit"),
          new Row("◐ ◉", "needs you · done, and not looked at", "waits, done"),
          new Row("● ○ ■", "working · idle · finished", "work, idle, over"),
          new Row("$  –", "cost of the sessions shown · not said", "cost, not said"));

  List<Line> lines(int height) {
    var lines = new ArrayList<Line>();
    lines.add(Rule.line(size.columns(), "help"));
    for (var row : ROWS) {
      lines.add(
          Line.of(size.columns())
              .blank(1)
              .column(Tone.ACCENT, row.keys(), size.isNarrow() ? NARROW_KEYS : KEYS)
              .add(Tone.PLAIN, size.isNarrow() ? row.brief() : row.text())
              .done());
    }
    return lines.subList(0, Math.min(height, lines.size()));
  }
}
