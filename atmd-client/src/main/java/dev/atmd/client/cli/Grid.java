package dev.atmd.client.cli;

import dev.atmd.client.cli.Paint.Color;
import dev.atmd.client.text.TextWidth;
import dev.atmd.core.text.TerminalText;
import java.util.ArrayList;
import java.util.List;

/** Neutral texts in columns as wide as they have to be; the last one may be cut. Pure. */
final class Grid {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Grid(String... titles) {
    rows.add(List.of(titles));
  }

  void add(String... cells) {
    rows.add(List.of(cells).stream().map(Grid::oneLine).toList());
  }

  private static String oneLine(String cell) {
    return TerminalText.neutral(cell.replaceAll("\\s+", " "));
  }

  /** With the titles as the first line. */
  List<String> lines(int width, Paint paint) {
    var lines = new ArrayList<String>();
    for (var row : rows) {
      var line = TextWidth.cut(line(row), width);
      lines.add(lines.isEmpty() ? paint.apply(Color.BOLD, line) : line);
    }
    return lines;
  }

  private String line(List<String> row) {
    var line = new StringBuilder();
    for (var column = 0; column < row.size(); column++) {
      var cell = row.get(column);
      line.append(cell);
      if (column < row.size() - 1) {
        line.append(" ".repeat(width(column) - TextWidth.of(cell))).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> TextWidth.of(row.get(column))).max().orElse(0);
  }
}
