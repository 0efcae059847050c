package dev.atmd.client.top;

import dev.atmd.client.top.Mode.Confirming;
import dev.atmd.client.top.Mode.Replying;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to be read before something is done to a session. Pure. */
record AskPart(Size size) {
  private static final int LABEL = 7;

  List<Line> confirming(Confirming confirming, int height) {
    var deed = confirming.deed();
    var lines = new ArrayList<Line>();
    lines.add(Rule.line(size.columns(), deed.title()));
    if (deed instanceof Deed.Answer answer) {
      lines.add(labelled("asks", Tone.PLAIN, asks(answer.asked())));
    }
    var pane = deed.target().pane();
    var room = height - lines.size() - 2;
    var shown = confirming.pane();
    for (var line : shown.subList(Math.max(0, shown.size() - Math.max(0, room)), shown.size())) {
      lines.add(labelled("│", Tone.DIM, line));
    }
    var where = pane == null || deed instanceof Deed.Kill ? "" : " in pane " + pane.value();
    lines.add(labelled("does", Tone.WAITING, deed.shown() + where));
    lines.add(Line.of(size.columns(), Tone.STRONG, " Enter does it, any other key leaves it."));
    return lines;
  }

  List<Line> replying(Replying replying) {
    return List.of(
        Rule.line(size.columns(), "reply to " + replying.target().name()),
        labelled("asks", Tone.PLAIN, asks(replying.asked())),
        caret("reply", replying.text()),
        Line.of(size.columns(), Tone.DIM, " Enter goes on to a confirmation, Esc leaves it."));
  }

  private static String asks(Asked asked) {
    return Stream.of(asked.reason(), asked.detail(), asked.target(), asked.text())
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(" · "));
  }

  /** The end of what is typed is what one looks at. */
  private Line caret(String label, String text) {
    var room = Math.max(1, size.columns() - LABEL - 3);
    var count = text.codePointCount(0, text.length());
    var shown = count <= room ? text : text.substring(text.offsetByCodePoints(0, count - room));
    return Line.of(size.columns())
        .blank(1)
        .column(Tone.DIM, label, LABEL)
        .add(Tone.STRONG, shown)
        .add(Tone.ACCENT, "▏")
        .done();
  }

  private Line labelled(String label, Tone tone, String text) {
    return Line.of(size.columns()).blank(1).column(Tone.DIM, label, LABEL).add(tone, text).done();
  }
}
