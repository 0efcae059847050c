package dev.atmd.client.top;

import dev.atmd.client.text.Script;
import java.util.List;
import java.util.stream.Collectors;

/** A screenful. */
record Frame(List<Line> lines, Theme theme) {
  Frame {
    lines = List.copyOf(lines);
  }

  /** As it is drawn. */
  List<String> painted(Script script) {
    return lines.stream().map(line -> script.text(line.painted(theme))).toList();
  }

  /** As it reads. */
  String plain() {
    return lines.stream().map(Line::plain).collect(Collectors.joining("\n"));
  }
}
