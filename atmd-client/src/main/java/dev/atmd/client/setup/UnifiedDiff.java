package dev.atmd.client.setup;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts as {@code diff -u} shows it. Pure. */
final class UnifiedDiff {
  private static final int CONTEXT = 3;

  /** Lines that are compared each with each; beyond that all of them count as replaced. */
  private static final int MAX_COMPARED = 2_000;

  private static final String NO_NEWLINE = "\\ No newline at end of file";

  /** One line: kept (blank), taken out (minus) or put in (plus). */
  private record Line(char mark, String text) {}

  private final List<Line> lines = new ArrayList<>();

  private UnifiedDiff() {}

  /** Nothing for equal texts; without the two lines that name the files. */
  static List<String> of(String before, String after) {
    var diff = new UnifiedDiff();
    diff.compare(split(before), split(after));
    return diff.hunks();
  }

  /** Lines with what ends them, so that a changed line end is a change. */
  private static List<String> split(String text) {
    var lines = new ArrayList<String>();
    var start = 0;
    while (start < text.length()) {
      var end = text.indexOf('\n', start) + 1;
      var next = end == 0 ? text.length() : end;
      lines.add(text.substring(start, next));
      start = next;
    }
    return lines;
  }

  private void compare(List<String> before, List<String> after) {
    var shorter = Math.min(before.size(), after.size());
    var head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    var tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    before.subList(0, head).forEach(line -> lines.add(new Line(' ', line)));
    compareMiddle(
        before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
    before
        .subList(before.size() - tail, before.size())
        .forEach(line -> lines.add(new Line(' ', line)));
  }

  private void compareMiddle(List<String> before, List<String> after) {
    var isTooLong = before.size() > MAX_COMPARED || after.size() > MAX_COMPARED;
    var common = isTooLong ? new int[1][1] : commonLengths(before, after);
    var i = 0;
    var j = 0;
    while (i < before.size() || j < after.size()) {
      if (isTooLong || i == before.size() || j == after.size()) {
        if (i < before.size()) {
          lines.add(new Line('-', before.get(i++)));
        } else {
          lines.add(new Line('+', after.get(j++)));
        }
      } else if (before.get(i).equals(after.get(j))) {
        lines.add(new Line(' ', before.get(i++)));
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        lines.add(new Line('-', before.get(i++)));
      } else {
        lines.add(new Line('+', after.get(j++)));
      }
    }
  }

  /** How long the longest common part of the rests from each pair of lines on is. */
  private static int[][] commonLengths(List<String> before, List<String> after) {
    var lengths = new int[before.size() + 1][after.size() + 1];
    for (var i = before.size() - 1; i >= 0; i--) {
      for (var j = after.size() - 1; j >= 0; j--) {
        lengths[i][j] =
            before.get(i).equals(after.get(j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  private List<String> hunks() {
    var out = new ArrayList<String>();
    var shown = 0;
    for (var at = 0; at < lines.size(); at++) {
      if (lines.get(at).mark() == ' ' || at < shown) {
        continue;
      }
      var from = Math.max(shown, at - CONTEXT);
      shown = endOfHunk(at);
      write(from, shown, out);
    }
    return out;
  }

  /** Behind the last change that is near enough to the one before it. */
  private int endOfHunk(int from) {
    var last = from;
    for (var at = from; at < lines.size() && at <= last + 2 * CONTEXT + 1; at++) {
      if (lines.get(at).mark() != ' ') {
        last = at;
      }
    }
    return Math.min(lines.size(), last + 1 + CONTEXT);
  }

  private void write(int from, int to, List<String> out) {
    out.add("@@ -" + range('-', from, to) + " +" + range('+', from, to) + " @@");
    for (var line : lines.subList(from, to)) {
      var text = line.text();
      var hasEnd = text.endsWith("\n");
      out.add(line.mark() + text.stripTrailing());
      if (!hasEnd) {
        out.add(NO_NEWLINE);
      }
    }
  }

  private String range(char side, int from, int to) {
    var start = count(side, 0, from) + 1;
    var length = count(side, from, to);
    return (length == 0 ? start - 1 : start) + (length == 1 ? "" : "," + length);
  }

  private long count(char side, int from, int to) {
    return lines.subList(from, to).stream()
        .filter(line -> line.mark() == ' ' || line.mark() == side)
        .count();
  }
}
