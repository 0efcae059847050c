package dev.atmd.client.top;

import dev.atmd.client.text.Ending;
import dev.atmd.client.text.SessionWords;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session that is over, as the dashboard remembers it. Nothing can be done to it.
 *
 * @param began null where nobody has said
 * @param at when it ended, or was found to have
 * @param cost null where nobody has said
 * @param words all that a filter looks at, in small letters
 */
record Finished(
    String id,
    String name,
    String agent,
    String harness,
    @Nullable String model,
    @Nullable String place,
    @Nullable String pane,
    @Nullable Instant began,
    Instant at,
    Ending ending,
    @Nullable Double cost,
    String words) {
  /** What was known of it last. */
  static Finished of(Agent agent, Instant at, Ending ending) {
    var view = agent.view();
    return new Finished(
        agent.id(),
        agent.name(),
        SessionWords.agent(view),
        SessionWords.harness(view),
        view.model().equals("Unknown") ? null : view.model(),
        place(view),
        view.tmuxPane(),
        SessionWords.time(view.startedAt()).orElse(null),
        at,
        ending,
        SessionWords.isCostKnown(view) ? (Double) view.costUsd() : null,
        agent.words());
  }

  /** What the history knows of it. */
  static Finished of(Over over) {
    var project = over.project();
    var name = project == null ? "" : SessionWords.lastName(project);
    var shown =
        name.isBlank()
            ? SessionId.of(over.session()).abbreviated()
            : over.branch() == null ? name : name + "/" + over.branch();
    return new Finished(
        over.session(),
        shown,
        over.harness(),
        over.harness(),
        over.model(),
        // Only the name: this may be a screen on a wall, and the history does not know that.
        null,
        null,
        over.began(),
        over.at(),
        Ending.of(over.reason()),
        over.costUsd(),
        words(shown, over));
  }

  private static @Nullable String place(SessionView view) {
    var cwd = view.plain() == null ? null : view.plain().cwd();
    return cwd != null ? cwd : view.workingDirectory();
  }

  private static String words(String name, Over over) {
    return Stream.of(name, over.session(), over.harness(), over.model())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "))
        .toLowerCase(Locale.ROOT);
  }

  /** The same, with what the history knows better. */
  Finished knowing(Over over) {
    if (ending != Ending.UNKNOWN) {
      return this;
    }
    return new Finished(
        id,
        name,
        agent,
        harness,
        model,
        place,
        pane,
        began,
        over.at(),
        Ending.of(over.reason()),
        cost != null ? cost : over.costUsd(),
        words);
  }

  boolean matches(String filter) {
    return Agent.hasAll(words, filter);
  }
}
