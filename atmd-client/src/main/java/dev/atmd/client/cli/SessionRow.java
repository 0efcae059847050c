package dev.atmd.client.cli;

import dev.atmd.client.cli.Paint.Color;
import dev.atmd.core.session.Status;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.SessionView;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** As many as an abbreviated id has. */
  private static final int OWN_ID_CHARS = 8;

  /** Most tools and most thoughts are over by then. */
  private static final Duration QUIET = Duration.ofMinutes(5);

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
        TerminalText.neutral(id(view)),
        TerminalText.neutral(agent(view)),
        TerminalText.neutral(state(view, now)),
        isContextKnown(view)
            ? String.format(Locale.ROOT, "%.0f%%", view.contextPercentage())
            : UNKNOWN,
        view.contextCritical() ? Color.RED : view.contextWarning() ? Color.YELLOW : Color.PLAIN,
        isCostKnown(view) ? dollars(view.costUsd()) : UNKNOWN,
        TerminalText.neutral(view.model()),
        TerminalText.neutral(project(view)),
        age(view, now),
        view.tmuxPane() == null ? "" : TerminalText.neutral(view.tmuxPane()));
  }

  /** A status that only a newer daemon knows is shown among those at rest. */
  static Status statusOf(SessionView view) {
    return Status.ofTag(view.status()).orElse(Status.IDLE);
  }

  private static boolean isContextKnown(SessionView view) {
    return view.plain() == null || view.plain().contextKnown();
  }

  private static boolean isCostKnown(SessionView view) {
    return view.plain() == null || view.plain().costKnown();
  }

  static String dollars(double amount) {
    return String.format(Locale.ROOT, "$%.2f", amount);
  }

  /** A subagent inside its parent is known by the end of its id, which begins as its parent's. */
  private static String id(SessionView view) {
    var parent = view.parentSessionId();
    if (parent == null || !view.id().startsWith(parent + "/")) {
      return view.idShort();
    }
    var own = view.id().substring(parent.length());
    return own.length() <= OWN_ID_CHARS
        ? own
        : own.substring(0, own.offsetByCodePoints(0, own.codePointCount(0, OWN_ID_CHARS)));
  }

  private static String agent(SessionView view) {
    var harness = view.harness().isEmpty() ? "claude" : view.harness();
    return view.parentSessionId() == null || view.agentType().equals("main")
        ? harness
        : harness + "/" + view.agentType();
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

  /** Interrupts are often silent: that it works was true when it was last heard of. */
  private static boolean isQuiet(SessionView view, Instant now) {
    return statusOf(view) == Status.WORKING
        && heardOf(view).map(then -> then.plus(QUIET).isBefore(now)).orElse(false);
  }

  private static String project(SessionView view) {
    var root = view.projectRoot();
    if (root != null) {
      var branch = view.worktreeBranch();
      return branch == null ? lastName(root) : lastName(root) + "/" + branch;
    }
    var full = view.plain() == null ? null : view.plain().cwd();
    return full != null ? full : orEmpty(view.workingDirectory());
  }

  private static String lastName(String path) {
    try {
      var name = Path.of(path).getFileName();
      return name == null ? path : name.toString();
    } catch (InvalidPathException _) {
      return path;
    }
  }

  private static Optional<Instant> heardOf(SessionView view) {
    try {
      return Optional.of(OffsetDateTime.parse(view.lastActivity()).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Computed here: what the daemon says was true when it said it (atm-protocol §16). */
  private static String age(SessionView view, Instant now) {
    return heardOf(view).map(then -> age(then, now)).orElse("?");
  }

  private static String age(Instant then, Instant now) {
    var seconds = Math.max(0, Duration.between(then, now).toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + "m";
    }
    return seconds < 86_400 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
