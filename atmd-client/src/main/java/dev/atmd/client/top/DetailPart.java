package dev.atmd.client.top;

import dev.atmd.client.text.SessionWords;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All about the session that is selected: what it is, why it is so, how it came to be so. Pure. */
record DetailPart(Size size, ZoneId zone) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final int LABEL = 11;

  /**
   * At most {@code height} rows, a rule first.
   *
   * @param why null while it is not known
   */
  List<Line> lines(Agent agent, @Nullable ExplanationView why, int height) {
    var lines = new ArrayList<Line>();
    lines.add(Rule.line(size.columns(), agent.name()));
    if (why != null) {
      lines.addAll(reasons(agent, why));
    }
    lines.add(labelled("session", Tone.PLAIN, who(agent.view())));
    lines.add(labelled("usage", Tone.PLAIN, usage(agent.view())));
    if (why != null) {
      lines.addAll(changes(why, height - lines.size()));
    }
    return lines.subList(0, Math.min(height, lines.size()));
  }

  /** What is left of a session that is over. */
  List<Line> lines(Finished finished, int height) {
    var ending = finished.ending();
    var end = ending.word() + " at " + time(finished.at()) + ": " + ending.because();
    var lines =
        List.of(
            Rule.line(size.columns(), finished.name()),
            labelled("finished", Tone.PLAIN, end),
            labelled(
                "session",
                Tone.PLAIN,
                listed(finished.agent(), finished.id(), finished.pane(), finished.place())),
            labelled("usage", Tone.PLAIN, usage(finished)));
    return lines.subList(0, Math.min(Math.max(0, height), lines.size()));
  }

  private static String usage(Finished finished) {
    var cost = finished.cost();
    return listed(
        finished.model(), cost == null ? null : SessionWords.dollars(cost), ListPart.ran(finished));
  }

  /** Those of the facts that there are. */
  private static String listed(@Nullable String... facts) {
    return Stream.of(facts)
        .filter(fact -> fact != null && !fact.isBlank())
        .collect(Collectors.joining(" · "));
  }

  private static String who(SessionView view) {
    var plain = view.plain();
    var cwd = plain == null ? null : plain.cwd();
    var pid = plain == null ? null : plain.pid();
    return listed(
        SessionWords.agent(view),
        view.id(),
        pid == null ? null : "pid " + pid,
        view.tmuxPane(),
        cwd != null ? cwd : view.workingDirectory());
  }

  private static String usage(SessionView view) {
    return listed(
        view.model(),
        SessionWords.isContextKnown(view) ? view.contextDisplay() : null,
        SessionWords.isCostKnown(view) ? SessionWords.dollars(view.costUsd()) : null,
        view.durationDisplay(),
        view.linesDisplay());
  }

  private List<Line> reasons(Agent agent, ExplanationView why) {
    var lines = new ArrayList<Line>();
    lines.add(labelled("because", agent.standing().tone(), why.because() + evidence(why)));
    for (var open : why.open()) {
      var text = open.text() == null ? "" : " “" + open.text().strip() + "”";
      var asker = open.asker() == null ? "" : " (asked by " + open.asker() + ")";
      lines.add(
          labelled("waits for", Tone.PLAIN, open.reason() + ": " + open.detail() + text + asker));
    }
    why.running().forEach(tool -> lines.add(labelled("running", Tone.PLAIN, tool)));
    lines.add(labelled("changes", Tone.DIM, "by " + why.changedBy()));
    return lines;
  }

  private static String evidence(ExplanationView why) {
    var plain = why.session().plain();
    var evidence = plain == null ? null : plain.evidence();
    return evidence == null || evidence.signal().isEmpty()
        ? ""
        : " (" + evidence.signal() + ", " + evidence.tier().replace('_', ' ') + ")";
  }

  /** The last ones that fit, the newest first. */
  private List<Line> changes(ExplanationView why, int room) {
    var newestFirst = why.transitions().reversed();
    return newestFirst.stream()
        .limit(Math.max(0, room))
        .map(change ->
            Line.of(size.columns())
                .blank(1)
                .column(Tone.DIM, time(change.evidence().at()), LABEL)
                .column(tone(change.status()), change.status().replace('_', ' '), 17)
                .add(Tone.DIM, change.because() + signal(change))
                .done())
        .toList();
  }

  private static String signal(ExplanationView.Change change) {
    var signal = change.evidence().signal();
    return signal.isEmpty() ? "" : " (" + signal + ")";
  }

  private static Tone tone(String status) {
    return switch (status) {
      case "attention_needed" -> Tone.WAITING;
      case "working" -> Tone.WORKING;
      default -> Tone.DIM;
    };
  }

  private String time(String at) {
    return SessionWords.time(at).map(this::time).orElse("?");
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  private Line labelled(String label, Tone tone, String text) {
    return Line.of(size.columns()).blank(1).column(Tone.DIM, label, LABEL).add(tone, text).done();
  }
}
