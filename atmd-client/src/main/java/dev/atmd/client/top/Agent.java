package dev.atmd.client.top;

import dev.atmd.client.text.SessionWords;
import dev.atmd.client.text.Totals;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session as the dashboard knows it: what is looked up or compared for every picture is worked
 * out once for each change.
 *
 * @param since when it took on its status
 * @param words all that a filter looks at, in small letters
 */
record Agent(SessionView view, Standing standing, Instant since, String name, String words) {
  static Agent of(SessionView view, boolean isUnseen) {
    var name = name(view);
    return new Agent(
        view,
        standing(view, isUnseen),
        Totals.since(view).orElse(Instant.EPOCH),
        name,
        words(view, name));
  }

  /**
   * Its project, or the last name of where it works: the end of a path tells more than its begin.
   */
  private static String name(SessionView view) {
    var place = SessionWords.project(view);
    var name = view.projectRoot() == null ? SessionWords.lastName(place) : place;
    return name.isBlank() ? SessionWords.id(view) : name;
  }

  private static Standing standing(SessionView view, boolean isUnseen) {
    return switch (SessionWords.statusOf(view)) {
      case ATTENTION_NEEDED -> Standing.WAITING;
      case WORKING -> Standing.WORKING;
      case IDLE -> isUnseen ? Standing.DONE : Standing.IDLE;
    };
  }

  private static String words(SessionView view, String name) {
    var plain = view.plain();
    return Stream.of(
            name,
            view.id(),
            SessionWords.agent(view),
            view.model(),
            view.statusLabel(),
            view.activityDetail(),
            view.tmuxPane(),
            view.projectRoot(),
            view.workingDirectory(),
            plain == null ? null : plain.reason(),
            plain == null ? null : plain.question(),
            plain == null ? null : plain.target())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "))
        .toLowerCase(Locale.ROOT);
  }

  String id() {
    return view.id();
  }

  Status status() {
    return SessionWords.statusOf(view);
  }

  /** The project whose worktrees belong together. */
  String project() {
    var root = view.projectRoot();
    return root == null ? name : root;
  }

  /** Whether it has every word that is asked for. */
  boolean matches(String filter) {
    return hasAll(words, filter);
  }

  /** Whether each word of {@code filter} is somewhere in {@code words}. */
  static boolean hasAll(String words, String filter) {
    return Stream.of(filter.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(words::contains);
  }

  /** What it waits for: "permission", "question" and so on. */
  @Nullable String reason() {
    return view.plain() == null ? null : view.plain().reason();
  }

  @Nullable String question() {
    return view.plain() == null ? null : view.plain().question();
  }

  /** The tool and what it is used on, or what it does instead; null where nothing is known. */
  @Nullable String doing() {
    var target = view.plain() == null ? null : view.plain().target();
    var detail = view.activityDetail();
    return target == null ? detail : detail == null ? target : detail + " " + target;
  }

  /** What it asks, in one line: the tool only where it is what is asked about. */
  String asks() {
    if (question() != null && !"permission".equals(reason())) {
      return "“" + question().strip() + "”";
    }
    var parts =
        Stream.of(doing(), question() == null ? null : "“" + question().strip() + "”")
            .filter(Objects::nonNull)
            .toList();
    return parts.isEmpty() ? "it waits for you" : String.join(" — ", parts);
  }
}
