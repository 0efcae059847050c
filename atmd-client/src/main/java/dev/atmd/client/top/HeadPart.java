package dev.atmd.client.top;

import dev.atmd.client.text.SessionWords;
import dev.atmd.client.text.TextWidth;
import dev.atmd.client.text.Totals;
import dev.atmd.protocol.message.SessionView.Limits;
import dev.atmd.protocol.message.SessionView.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The top of the screen: all sessions counted, what is left of the plans, what is wrong. Pure. */
record HeadPart(Size size, Instant now) {
  private static final int BAR = 8;

  Line totals(Totals totals, int done, Controls controls, Listing listing) {
    var line = Line.of(size.columns());
    var isNarrow = size.isNarrow();
    if (!isNarrow) {
      line.add(Tone.TITLE, " atm ");
    }
    count(line, Standing.WAITING, totals.waiting(), "need you", isNarrow);
    count(line, Standing.DONE, done, "done", isNarrow);
    count(line, Standing.WORKING, totals.working(), "working", isNarrow);
    count(line, Standing.IDLE, totals.idle() - done, "idle", isNarrow);
    var cost = SessionWords.dollars(totals.cost());
    var right = isNarrow ? cost : right(controls, listing) + cost + " ";
    return line.blank(line.left(TextWidth.of(right))).add(Tone.STRONG, right).done();
  }

  private static void count(
      Line.Draft line, Standing standing, int count, String word, boolean isNarrow) {
    var tone = count > 0 ? standing.tone() : Tone.DIM;
    if (isNarrow) {
      line.add(tone, standing.glyph() + count + " ");
    } else {
      line.add(tone, " " + standing.glyph() + " " + count).add(Tone.DIM, " " + word + " ");
    }
  }

  private static String right(Controls controls, Listing listing) {
    return controls.filter().isBlank()
        ? ""
        : "“" + controls.filter() + "” " + listing.shown() + " of " + listing.sessions() + "  ";
  }

  /** How much of its plan each harness has used, as the session heard of last says; or nothing. */
  List<Line> quotas(Collection<Agent> agents) {
    var newest = new TreeMap<String, Agent>();
    for (var agent : agents) {
      if (limits(agent) != null) {
        newest.merge(
            SessionWords.harness(agent.view()),
            agent,
            (a, b) -> a.view().lastActivity().compareTo(b.view().lastActivity()) >= 0 ? a : b);
      }
    }
    return newest.isEmpty() ? List.of() : List.of(quota(newest));
  }

  private static @Nullable Limits limits(Agent agent) {
    return agent.view().plain() == null ? null : agent.view().plain().limits();
  }

  private Line quota(Map<String, Agent> newest) {
    var line = Line.of(size.columns());
    var isFirst = true;
    for (var entry : newest.entrySet()) {
      var limits = limits(entry.getValue());
      if (limits != null) {
        var name = size.isNarrow() ? Mark.of(entry.getKey()) : entry.getKey();
        line.add(
            Tone.DIM,
            (isFirst || size.isNarrow() ? "" : "  ") + (size.isNarrow() ? "" : " ") + name);
        window(line, "5h", limits.fiveHour());
        window(line, "7d", limits.sevenDay());
        isFirst = false;
      }
    }
    return line.done();
  }

  private void window(Line.Draft line, String name, @Nullable Window window) {
    if (window == null) {
      return;
    }
    line.add(Tone.DIM, (size.isNarrow() ? " " : "  ") + name + " ");
    if (!size.isNarrow()) {
      Bar.add(line, window.usedPercentage(), BAR);
      line.blank(1);
    }
    line.add(Bar.tone(window.usedPercentage()), Bar.percent(window.usedPercentage()));
    if (!size.isNarrow() && window.resetsAt() != null) {
      SessionWords.time(window.resetsAt())
          .ifPresent(
              at -> line.add(Tone.DIM, " ↻ " + SessionWords.duration(Duration.between(now, at))));
    }
  }

  /** What is wrong with the daemon; empty while all is well. */
  List<Line> trouble(@Nullable Trouble trouble) {
    if (trouble == null) {
      return List.of();
    }
    var wait = Math.max(0, Duration.between(now, trouble.retryAt()).toSeconds());
    var again = wait == 0 ? "trying again" : "trying again in " + wait + " s";
    var lines = new ArrayList<Line>();
    lines.add(
        Line.of(size.columns())
            .add(Tone.BAD, size.isNarrow() ? "disconnected " : " disconnected ")
            .add(Tone.DIM, again + (size.isNarrow() ? "" : ": " + trouble.cause()))
            .done());
    return lines;
  }

  /** The daemon is lost, or was not found. */
  record Trouble(String cause, Instant retryAt) {}
}
