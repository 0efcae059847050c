package dev.atmd.client.text;

import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.SessionView;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people call the parts of a session. Pure; the texts are as the session has them. */
public final class SessionWords {
  /** As many as an abbreviated id has. */
  private static final int OWN_ID_CHARS = 8;

  /** Most tools and most thoughts are over by then. */
  private static final Duration QUIET = Duration.ofMinutes(5);

  private SessionWords() {}

  /** A status that only a newer daemon knows is shown among those at rest. */
  public static Status statusOf(SessionView view) {
    return Status.ofTag(view.status()).orElse(Status.IDLE);
  }

  /** Interrupts are often silent: that it works was true when it was last heard of. */
  public static boolean isQuiet(SessionView view, Instant now) {
    return statusOf(view) == Status.WORKING
        && time(view.lastActivity()).map(then -> then.plus(QUIET).isBefore(now)).orElse(false);
  }

  /** Whether anybody has said how full its context is. */
  public static boolean isContextKnown(SessionView view) {
    return view.plain() == null || view.plain().contextKnown();
  }

  /** Whether anybody has said what it cost. */
  public static boolean isCostKnown(SessionView view) {
    return view.plain() == null || view.plain().costKnown();
  }

  /** A subagent inside its parent is known by the end of its id, which begins as its parent's. */
  public static String id(SessionView view) {
    var parent = view.parentSessionId();
    if (parent == null || !view.id().startsWith(parent + "/")) {
      return view.idShort();
    }
    var own = view.id().substring(parent.length());
    return own.length() <= OWN_ID_CHARS
        ? own
        : own.substring(0, own.offsetByCodePoints(0, own.codePointCount(0, OWN_ID_CHARS)));
  }

  /** Its harness, and what it is for if it is a subagent. */
  public static String agent(SessionView view) {
    var harness = harness(view);
    return view.parentSessionId() == null || view.agentType().equals("main")
        ? harness
        : harness + "/" + view.agentType();
  }

  /** What runs it; a daemon of 1.0 may leave it out. */
  public static String harness(SessionView view) {
    return view.harness().isEmpty() ? "claude" : view.harness();
  }

  /** The project and the branch, or the directory. */
  public static String project(SessionView view) {
    var root = view.projectRoot();
    if (root != null) {
      var branch = view.worktreeBranch();
      return branch == null ? lastName(root) : lastName(root) + "/" + branch;
    }
    var full = view.plain() == null ? null : view.plain().cwd();
    return full != null ? full : orEmpty(view.workingDirectory());
  }

  /** The last name of a path. A text only: where the locale is C, Java knows no path with an é. */
  public static String lastName(String path) {
    var end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return end == 0 ? path : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /** The moment of an RFC 3339 text. */
  public static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** How long ago, in one unit. */
  public static String age(Instant then, Instant now) {
    return duration(Duration.between(then, now));
  }

  /** How long ago; for what is over no second matters. */
  public static String ago(Instant then, Instant now) {
    return Duration.between(then, now).toMinutes() < 1 ? "just now" : age(then, now) + " ago";
  }

  /** How long, in one unit; never negative, since clocks differ. */
  public static String duration(Duration duration) {
    var seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + "m";
    }
    return seconds < 86_400 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
  }

  public static String dollars(double amount) {
    return String.format(Locale.ROOT, "$%.2f", amount);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
