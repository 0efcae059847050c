package dev.atmd.client.cli;

import static dev.atmd.client.text.SessionWords.dollars;
import static dev.atmd.client.text.SessionWords.isContextKnown;
import static dev.atmd.client.text.SessionWords.isCostKnown;
import static dev.atmd.client.text.SessionWords.isQuiet;
import static dev.atmd.client.text.SessionWords.statusOf;
import static dev.atmd.client.text.SessionWords.time;

import dev.atmd.client.cli.Paint.Color;
import dev.atmd.client.text.SessionWords;
import dev.atmd.core.session.Status;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** A session as people read it; every text is neutral. */
record SessionRow(
    Status status,
    String icon,
    String id,
    String harness,
    String state,
    String context,
    Color contextColor,
    String cost,
    String model,
    String project,
    String age,
    String pane) {

  /** What nobody has said is not zero. */
  private static final String UNKNOWN = "–";

  /** Those that wait for their user first, then those at work; the oldest first among equals. */
  private static final Comparator<SessionView> ORDER =
      Comparator.comparing((SessionView view) -> statusOf(view))
          .reversed()
          .thenComparing(SessionView::startedAt)
          .thenComparing(SessionView::id);

  static List<SessionRow> of(List<SessionView> sessions, Instant now) {
    return sessions.stream().sorted(ORDER).map(view -> of(view, now)).toList();
  }

  static SessionRow of(SessionView view, Instant now) {
    var status = statusOf(view);
    return new SessionRow(
        status,
        status.icon(),
        TerminalText.neutral(SessionWords.id(view)),
        TerminalText.neutral(SessionWords.agent(view)),
        TerminalText.neutral(state(view, now)),
        isContextKnown(view)
            ? String.format(Locale.ROOT, "%.0f%%", view.contextPercentage())
            : UNKNOWN,
        view.contextCritical() ? Color.RED : view.contextWarning() ? Color.YELLOW : Color.PLAIN,
        isCostKnown(view) ? dollars(view.costUsd()) : UNKNOWN,
        TerminalText.neutral(view.model()),
        TerminalText.neutral(SessionWords.project(view)),
        age(view, now),
        view.tmuxPane() == null ? "" : TerminalText.neutral(view.tmuxPane()));
  }

  private static String state(SessionView view, Instant now) {
    var words =
        Stream.of(view.activityDetail(), isQuiet(view, now) ? "quiet" : null)
            .filter(Objects::nonNull)
            .toList();
    return words.isEmpty()
        ? view.statusLabel()
        : view.statusLabel() + " (" + String.join(", ", words) + ")";
  }

  /** Computed here: what the daemon says was true when it said it (atm-protocol §16). */
  private static String age(SessionView view, Instant now) {
    return time(view.lastActivity()).map(then -> SessionWords.age(then, now)).orElse("?");
  }
}
