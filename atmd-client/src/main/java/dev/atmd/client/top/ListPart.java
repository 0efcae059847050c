package dev.atmd.client.top;

import dev.atmd.client.text.SessionWords;
import dev.atmd.client.text.TextWidth;
import dev.atmd.client.top.Entry.Heading;
import dev.atmd.client.top.Entry.Item;
import dev.atmd.client.top.Entry.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of sessions: one or two rows for each. Pure. */
record ListPart(Size size, Instant now) {
  private static final String POINTER = "▌";

  /** What nobody has said is not zero. */
  private static final String UNKNOWN = "–";

  private static final int BAR = 6;
  private static final int PERCENT = 5;
  private static final int COST = 9;
  private static final int MODEL = 17;
  private static final int AGE = 5;
  private static final int PANE = 6;
  private static final int INDENT = 2;

  /** The rows from the entry {@code top} on, at most {@code height} of them. */
  List<Line> lines(Listing listing, int selected, int top, int height) {
    var lines = new ArrayList<Line>();
    for (var i = top; i < listing.entries().size() && lines.size() < height; i++) {
      switch (listing.entries().get(i)) {
        case Heading heading -> lines.add(heading(heading, i == selected));
        case Past past ->
            lines.add(size.isNarrow() ? narrow(past, i == selected) : row(past, i == selected));
        case Item item -> {
          lines.add(size.isNarrow() ? narrow(item, i == selected) : row(item, i == selected));
          var second = second(item);
          if (second != null && lines.size() < height) {
            lines.add(second(item, second, i == selected));
          }
        }
      }
    }
    return lines;
  }

  /** The rows that all of it would take. */
  int height(Listing listing) {
    return listing.entries().stream().mapToInt(this::height).sum();
  }

  int height(Entry entry) {
    return entry instanceof Item item && second(item) != null ? 2 : 1;
  }

  private Line heading(Heading heading, boolean isSelected) {
    var standing = heading.standing();
    var line =
        start(isSelected)
            .add(Tone.DIM, heading.isFolded() ? "▸ " : "▾ ")
            .add(standing == null ? Tone.STRONG : standing.tone(), heading.title())
            .add(Tone.DIM, " " + heading.count());
    if (standing == null && heading.waiting() > 0) {
      line.add(Tone.WAITING, "  " + Standing.WAITING.glyph() + " " + heading.waiting());
    }
    return line.done();
  }

  private Line.Draft start(boolean isSelected) {
    return Line.of(size.columns())
        .selected(isSelected)
        .add(isSelected ? Tone.ACCENT : Tone.PLAIN, isSelected ? POINTER : " ");
  }

  private Line narrow(Item item, boolean isSelected) {
    var agent = item.agent();
    var line = start(isSelected).blank(item.depth());
    line.add(agent.standing().tone(), agent.standing().glyph()).blank(1);
    line.rightColumn(contextTone(agent), context(agent), 4).blank(1);
    var more = more(item);
    var age = age(agent);
    var reserved = TextWidth.of(more) + TextWidth.of(age) + 1;
    line.column(nameTone(agent), item.label(), line.left(reserved));
    return line.add(Tone.ACCENT, more).blank(1).add(Tone.DIM, age).done();
  }

  private Line row(Item item, boolean isSelected) {
    var agent = item.agent();
    var view = agent.view();
    var standing = agent.standing();
    var line = start(isSelected).blank(item.depth() * INDENT);
    line.add(standing.tone(), standing.glyph()).blank(1);
    line.add(Tone.DIM, Mark.of(SessionWords.harness(view))).blank(1);
    var room = line.left(reserved());
    var forName = forName(room);
    var more = more(item);
    line.column(nameTone(agent), item.label(), forName - TextWidth.of(more))
        .add(Tone.ACCENT, more)
        .blank(1);
    line.column(standing.tone(), state(agent), room - forName - 1);
    context(line.blank(1), agent);
    var cost = SessionWords.isCostKnown(view) ? SessionWords.dollars(view.costUsd()) : UNKNOWN;
    line.rightColumn(Tone.PLAIN, item.depth() > 0 ? "" : cost, COST);
    if (size.isWide()) {
      line.blank(2).column(Tone.DIM, item.depth() > 0 ? "" : model(agent), MODEL);
    }
    line.rightColumn(Tone.DIM, age(agent), AGE);
    var pane = view.tmuxPane();
    return line.rightColumn(Tone.DIM, pane == null ? "" : pane, PANE).done();
  }

  /** What the columns behind the state take; on wide screens the model's room besides. */
  private int reserved() {
    return 1 + BAR + PERCENT + COST + AGE + PANE + (size.isWide() ? 2 + MODEL : 0);
  }

  private static int forName(int room) {
    return Math.max(8, room * 55 / 100);
  }

  private Line narrow(Past past, boolean isSelected) {
    var finished = past.finished();
    var line = start(isSelected).add(Tone.DIM, Standing.FINISHED.glyph() + " ");
    var age = SessionWords.ago(finished.at(), now).replace("just ", "").replace(" ago", "");
    line.rightColumn(Tone.DIM, "", 4).blank(1);
    line.column(Tone.DIM, past.label(), line.left(TextWidth.of(age) + 1));
    return line.blank(1).add(Tone.DIM, age).done();
  }

  /** In the columns of those that live: how long it lived stands where their context does. */
  private Line row(Past past, boolean isSelected) {
    var finished = past.finished();
    var line = start(isSelected).add(Tone.DIM, Standing.FINISHED.glyph() + " ");
    line.add(Tone.DIM, Mark.of(finished.harness())).blank(1);
    var room = line.left(reserved());
    var forName = forName(room);
    line.column(Tone.DIM, past.label(), forName).blank(1);
    var end = finished.ending().word() + " " + SessionWords.ago(finished.at(), now);
    line.column(Tone.DIM, end, room - forName - 1).blank(1);
    line.rightColumn(Tone.DIM, ran(finished), BAR + PERCENT);
    var cost = finished.cost();
    line.rightColumn(Tone.DIM, cost == null ? UNKNOWN : SessionWords.dollars(cost), COST);
    if (size.isWide()) {
      line.blank(2).column(Tone.DIM, finished.model() == null ? UNKNOWN : finished.model(), MODEL);
    }
    var pane = finished.pane();
    return line.rightColumn(Tone.DIM, pane == null ? "" : pane, AGE + PANE).done();
  }

  static String ran(Finished finished) {
    var began = finished.began();
    return began == null
        ? ""
        : "ran " + SessionWords.duration(Duration.between(began, finished.at()));
  }

  private static void context(Line.Draft line, Agent agent) {
    if (SessionWords.isContextKnown(agent.view())) {
      Bar.add(line, agent.view().contextPercentage(), BAR);
    } else {
      line.blank(BAR);
    }
    line.rightColumn(contextTone(agent), context(agent), PERCENT);
  }

  private static String context(Agent agent) {
    return SessionWords.isContextKnown(agent.view())
        ? Bar.percent(agent.view().contextPercentage())
        : UNKNOWN;
  }

  private static Tone contextTone(Agent agent) {
    return SessionWords.isContextKnown(agent.view())
        ? Bar.tone(agent.view().contextPercentage())
        : Tone.DIM;
  }

  private static Tone nameTone(Agent agent) {
    return switch (agent.standing()) {
      case WAITING, DONE -> Tone.STRONG;
      case WORKING -> Tone.PLAIN;
      case IDLE, FINISHED -> Tone.DIM;
    };
  }

  private static String model(Agent agent) {
    var model = agent.view().model();
    return model.equals("Unknown") ? UNKNOWN : model;
  }

  private static String more(Item item) {
    return item.children() == 0 ? "" : (item.isOpen() ? " ▾" : " ▸") + item.children();
  }

  /** One word: the group says the rest. */
  private String state(Agent agent) {
    return switch (agent.standing()) {
      case WAITING -> agent.reason() == null ? Standing.WAITING.word() : agent.reason();
      case WORKING -> {
        var detail = agent.view().activityDetail();
        var word = detail == null ? Standing.WORKING.word() : detail;
        yield SessionWords.isQuiet(agent.view(), now) ? word + ", quiet" : word;
      }
      case DONE, IDLE, FINISHED -> agent.standing().word();
    };
  }

  private String age(Agent agent) {
    return agent.since().equals(Instant.EPOCH) ? "?" : SessionWords.age(agent.since(), now);
  }

  /** What it asks or does, where there is more to say than the first row does. */
  private @Nullable String second(Item item) {
    var agent = item.agent();
    return switch (agent.standing()) {
      case WAITING -> asks(agent);
      case WORKING -> size.isNarrow() ? null : working(agent);
      case DONE -> size.isNarrow() ? null : agent.view().firstPrompt();
      case IDLE, FINISHED -> null;
    };
  }

  /** Some harnesses only say that they ask. */
  private @Nullable String asks(Agent agent) {
    return !size.isNarrow() && agent.asks().equalsIgnoreCase(agent.reason()) ? null : agent.asks();
  }

  private static @Nullable String working(Agent agent) {
    var target = agent.view().plain() == null ? null : agent.view().plain().target();
    return target == null ? null : agent.doing();
  }

  private Line second(Item item, String text, boolean isSelected) {
    return start(isSelected)
        .blank(item.depth() * INDENT + (size.isNarrow() ? 0 : 2))
        .add(Tone.DIM, "└ ")
        .add(item.agent().standing() == Standing.WAITING ? Tone.PLAIN : Tone.DIM, text)
        .done();
  }
}
