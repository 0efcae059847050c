package dev.atmd.client.top;

import dev.atmd.client.text.TextWidth;
import dev.atmd.core.text.TerminalText;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the screen, never wider than it was made for. The one place where text of a session
 * becomes part of the screen: all of it is made neutral here.
 */
record Line(List<Span> spans, boolean isSelected, int width) {
  Line {
    spans = List.copyOf(spans);
  }

  /** Neutral text of one tone. */
  record Span(Tone tone, String text) {}

  static Draft of(int width) {
    return new Draft(width);
  }

  /** Text of one tone, cut to the width. */
  static Line of(int width, Tone tone, String text) {
    return of(width).add(tone, text).done();
  }

  /** The same with every piece in the background, as of what may no longer be so. */
  Line dimmed() {
    var dim = spans.stream().map(span -> new Span(Tone.DIM, span.text())).toList();
    return new Line(dim, isSelected, width);
  }

  /** Without colours, and without blanks at the end. */
  String plain() {
    var text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString().stripTrailing();
  }

  /** As a terminal draws it; ends with everything switched off. */
  String painted(Theme theme) {
    var text = new StringBuilder();
    var ground = isSelected ? theme.selected() : "";
    for (var span : spans) {
      var look = theme.look(span.tone());
      var both = ground + (ground.isEmpty() || look.isEmpty() ? "" : ";") + look;
      if (both.isEmpty()) {
        text.append(span.text());
      } else {
        text.append("\033[").append(both).append('m').append(span.text()).append("\033[0m");
      }
    }
    return text.toString();
  }

  /** A line that grows to the right until it is full. Not thread-safe. */
  static final class Draft {
    private final int width;
    private final List<Span> spans = new ArrayList<>();
    private boolean isSelected;
    private int used;

    private Draft(int width) {
      this.width = width;
    }

    Draft add(Tone tone, String text) {
      var fitting = TextWidth.cut(TerminalText.neutral(text), width - used);
      if (!fitting.isEmpty()) {
        spans.add(new Span(tone, fitting));
        used += TextWidth.of(fitting);
      }
      return this;
    }

    /** Text in a column of its own: cut, or filled up with blanks. */
    Draft column(Tone tone, String text, int columns) {
      var fitting = TextWidth.cut(TerminalText.neutral(text), columns);
      return add(tone, fitting).blank(columns - TextWidth.of(fitting));
    }

    /** The same at the right end of its column. */
    Draft rightColumn(Tone tone, String text, int columns) {
      var fitting = TextWidth.cut(TerminalText.neutral(text), columns);
      return blank(columns - TextWidth.of(fitting)).add(tone, fitting);
    }

    Draft blank(int columns) {
      return add(Tone.PLAIN, " ".repeat(Math.max(0, columns)));
    }

    /** What is left, less {@code reserved} columns for what follows. */
    int left(int reserved) {
      return Math.max(0, width - used - reserved);
    }

    Draft selected(boolean isSelected) {
      this.isSelected = isSelected;
      return this;
    }

    Line done() {
      if (isSelected) {
        blank(width - used);
      }
      return new Line(spans, isSelected, width);
    }
  }
}
