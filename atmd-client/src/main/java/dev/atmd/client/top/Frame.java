package dev.atmd.client.top;

import java.util.List;
import java.util.stream.Collectors;

/** A screenful. */
record Frame(List<Line> lines, Theme theme) {
  Frame {
    lines = List.copyOf(lines);
  }

  /** As it is drawn. */
  List<String> painted() {
    return lines.stream().map(line -> line.painted(theme)).toList();
  }

  /** As it reads. */
  String plain() {
    return lines.stream().map(Line::plain).collect(Collectors.joining("\n"));
  }
}
