package dev.atmd.client.cli;

import dev.atmd.client.cli.Paint.Color;
import dev.atmd.client.text.TextWidth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Sessions as lines that are never wider than the terminal. Pure. */
final class Table {
  private static final int GAP = 2;

  private final List<SessionRow> rows;
  private final int width;
  private final Paint paint;
  private final Map<Column, Integer> widths;

  private Table(List<SessionRow> rows, int width, Paint paint) {
    this.rows = rows;
    this.width = width;
    this.paint = paint;
    this.widths = widths();
  }

  /** A title, then one line for each row. */
  static List<String> lines(List<SessionRow> rows, int width, Paint paint) {
    var table = new Table(rows, width, paint);
    var lines = new ArrayList<String>();
    lines.add(table.title());
    rows.forEach(row -> lines.add(table.line(row)));
    return lines;
  }

  private String title() {
    return line(Column::title, _ -> Color.BOLD);
  }

  private String line(SessionRow row) {
    return line(column -> column.text(row), column -> column.color(row));
  }

  private String line(Function<Column, String> text, Function<Column, Color> color) {
    var line = new StringBuilder();
    var pending = 0;
    for (var column : widths.keySet()) {
      var cell = TextWidth.cut(text.apply(column), widths.get(column));
      // Blanks are owed until something follows them, so that no line ends in any.
      if (!cell.isBlank()) {
        line.append(" ".repeat(pending)).append(paint.apply(color.apply(column), cell));
        pending = widths.get(column) - TextWidth.of(cell) + GAP;
      } else {
        pending += widths.get(column) + GAP;
      }
    }
    return line.toString();
  }

  private Map<Column, Integer> widths() {
    var natural = new EnumMap<Column, Integer>(Column.class);
    for (var column : Column.values()) {
      natural.put(column, natural(column));
    }
    var columns = new ArrayList<>(natural.keySet());
    while (columns.size() > 1 && leastWidth(columns, natural) > width) {
      columns.remove(
          columns.stream().max(Comparator.comparingInt(Column::sacrifice)).orElseThrow());
    }
    return shared(columns, natural);
  }

  /** Gives each column its least, and what is left to the most important ones first. */
  private Map<Column, Integer> shared(List<Column> columns, Map<Column, Integer> natural) {
    var shared = new EnumMap<Column, Integer>(Column.class);
    columns.forEach(column -> shared.put(column, least(column, natural)));
    var left = Math.max(0, width - leastWidth(columns, natural));
    for (var column :
        columns.stream().sorted(Comparator.comparingInt(Column::sacrifice)).toList()) {
      var more = Math.min(left, natural.getOrDefault(column, 0) - least(column, natural));
      shared.merge(column, more, Integer::sum);
      left -= more;
    }
    return shared;
  }

  private int natural(Column column) {
    return rows.stream()
        .mapToInt(row -> TextWidth.of(column.text(row)))
        .reduce(TextWidth.of(column.title()), Math::max);
  }

  private static int leastWidth(List<Column> columns, Map<Column, Integer> natural) {
    return columns.stream().mapToInt(column -> least(column, natural)).sum()
        + GAP * (columns.size() - 1);
  }

  private static int least(Column column, Map<Column, Integer> natural) {
    return Math.min(column.least(), natural.getOrDefault(column, 0));
  }
}
