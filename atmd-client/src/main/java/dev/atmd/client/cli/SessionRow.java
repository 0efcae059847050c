package dev.atmd.client.cli;

import dev.atmd.client.cli.Paint.Color;
import dev.atmd.core.session.Status;
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
        TerminalText.neutral(view.idShort()),
        TerminalText.neutral(view.harness().isEmpty() ? "claude" : view.harness()),
        TerminalText.neutral(state(view)),
        isContextKnown(view)
            ? String.format(Locale.ROOT, "%.0f%%", view.contextPercentage())
            : UNKNOWN,
        view.contextCritical() ? Color.RED : view.contextWarning() ? Color.YELLOW : Color.PLAIN,
        isCostKnown(view) ? dollars(view.costUsd()) : UNKNOWN,
        TerminalText.neutral(view.model()),
        TerminalText.neutral(project(view)),
        age(view.lastActivity(), now),
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

  private static String state(SessionView view) {
    var detail = view.activityDetail();
    return detail == null ? view.statusLabel() : view.statusLabel() + " (" + detail + ")";
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

  /** Computed here: what the daemon says was true when it said it (atm-protocol §16). */
  private static String age(String lastActivity, Instant now) {
    Instant then;
    try {
      then = OffsetDateTime.parse(lastActivity).toInstant();
    } catch (DateTimeException _) {
      return "?";
    }
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
