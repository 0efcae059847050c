package dev.atmd.protocol.message;

import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import dev.atmd.core.session.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as the wire shows it (atm-protocol §7), in the order of the wire. The fields up to
 * {@code firstPrompt} are protocol 1.0; {@link Plain} is what 1.1 adds.
 *
 * @param plain null from a 1.0 daemon, and for a 1.0 client
 */
public record SessionView(
    String id,
    String idShort,
    String agentType,
    String harness,
    String model,
    String status,
    String statusLabel,
    @Nullable String activityDetail,
    boolean shouldBlink,
    String statusIcon,
    double contextPercentage,
    String contextDisplay,
    boolean contextWarning,
    boolean contextCritical,
    String costDisplay,
    double costUsd,
    String durationDisplay,
    double durationSeconds,
    String linesDisplay,
    @Nullable String workingDirectory,
    boolean needsAttention,
    String lastActivityDisplay,
    String ageDisplay,
    String startedAt,
    String lastActivity,
    @Nullable String tmuxPane,
    @Nullable String projectRoot,
    @Nullable String worktreePath,
    @Nullable String worktreeBranch,
    @Nullable String parentSessionId,
    List<String> childSessionIds,
    @Nullable String firstPrompt,
    @Nullable Plain plain) {

  public SessionView {
    childSessionIds = List.copyOf(childSessionIds);
  }

  /**
   * The data behind the strings, since protocol 1.1. Counts are unsigned.
   *
   * @param cwd the working directory in full
   * @param since when the session took on its status, RFC 3339
   * @param reason why it waits for its user; null unless it does
   * @param question what it asks, where the harness shows it
   * @param target what the tool of the activity is used on, where that is known
   * @param contextKnown whether anybody has said how full the context is
   * @param costKnown whether anybody has said what the session cost
   * @param limits how much of its plan is used; null where not said
   * @param evidence why it has its status; null from an older daemon
   */
  public record Plain(
      @Nullable Long pid,
      @Nullable String cwd,
      String modelId,
      long contextWindowSize,
      long inputTokens,
      long outputTokens,
      long cacheCreationInputTokens,
      long cacheReadInputTokens,
      long totalInputTokens,
      long totalOutputTokens,
      long linesAdded,
      long linesRemoved,
      String since,
      @Nullable String reason,
      @Nullable String question,
      @Nullable String target,
      boolean contextKnown,
      boolean costKnown,
      @Nullable Limits limits,
      @Nullable Evidence evidence) {}

  /** How much of the windows of a plan is used; null where nothing is said of a window. */
  public record Limits(@Nullable Window fiveHour, @Nullable Window sevenDay) {}

  /**
   * One window of a plan.
   *
   * @param resetsAt RFC 3339; null where not said
   */
  public record Window(double usedPercentage, @Nullable String resetsAt) {}

  /**
   * Why a session has its status.
   *
   * @param at when it was said, RFC 3339
   * @param signal in the words of the harness
   * @param tier how reliable such a signal is: "event", "status_line", "process" or "absence"
   * @param rule the name of what was concluded
   */
  public record Evidence(String at, String signal, String tier, String rule) {}

  /** How the session looks at that moment. */
  public static SessionView of(Session session, Instant now) {
    return of(session, plain(session), now);
  }

  /** The same without what protocol 1.1 adds. */
  public static SessionView basic(Session session, Instant now) {
    return of(session, null, now);
  }

  private static SessionView of(Session session, @Nullable Plain plain, Instant now) {
    var state = session.state();
    var waiting = state.status() == Status.ATTENTION_NEEDED;
    var usage = session.usage();
    var context = usage.context();
    var place = session.place();
    var git = place == null ? null : place.git();
    var parent = session.links().parent();
    return new SessionView(
        session.id().value(),
        session.id().abbreviated(),
        session.agentType().tag(),
        session.harness().tag(),
        session.model().name(),
        state.status().tag(),
        state.status().label(),
        state.detail(),
        waiting,
        state.status().icon(),
        context.percentage(),
        Display.context(context),
        context.isWarning(),
        context.isCritical(),
        Display.cost(usage.cost()),
        usage.cost().dollars(),
        Display.duration(usage.total()),
        usage.total().toMillis() / 1_000.0,
        Display.lines(usage.lines()),
        place == null ? null : Display.directory(place.directory()),
        waiting || context.isWarning(),
        Display.age(session.lastActivity(), now),
        Display.age(session.startedAt(), now),
        Display.timestamp(session.startedAt()),
        Display.timestamp(session.lastActivity()),
        session.pane() == null ? null : session.pane().id(),
        git == null ? null : git.projectRoot(),
        git == null ? null : git.worktree(),
        git == null ? null : git.branch(),
        parent == null ? null : parent.value(),
        children(session.links().children()),
        session.firstPrompt(),
        plain);
  }

  private static List<String> children(List<SessionId> ids) {
    return ids.isEmpty() ? List.of() : ids.stream().map(SessionId::value).toList();
  }

  /** What people call the place where it works: the last name of its project, or of its path. */
  public @Nullable String project() {
    var path = projectRoot != null ? projectRoot : plain == null ? null : plain.cwd();
    return path == null ? workingDirectory : Display.lastName(path);
  }

  private static Plain plain(Session session) {
    Pid pid = session.pid();
    Place place = session.place();
    var context = session.usage().context();
    var current = context.current();
    var lines = session.usage().lines();
    return new Plain(
        pid == null ? null : pid.value(),
        place == null ? null : place.directory(),
        session.model().id(),
        context.window(),
        current.input(),
        current.output(),
        current.cacheCreation(),
        current.cacheRead(),
        context.totalInput(),
        context.totalOutput(),
        lines.added(),
        lines.removed(),
        Display.timestamp(session.state().since()),
        session.state() instanceof AttentionNeeded open ? open.question().reason().tag() : null,
        session.state() instanceof AttentionNeeded open ? open.question().text() : null,
        target(session.state()),
        context.isKnown(),
        session.usage().costKnown(),
        limits(session.limits()),
        evidence(session.evidence()));
  }

  private static @Nullable String target(SessionState state) {
    return switch (state) {
      case Working(_, _, var target) -> target;
      case AttentionNeeded(_, var question) when question.call() != null ->
          question.call().target();
      case AttentionNeeded _, Idle _ -> null;
    };
  }

  private static @Nullable Limits limits(@Nullable RateLimits limits) {
    return limits == null ? null : new Limits(window(limits.fiveHour()), window(limits.sevenDay()));
  }

  private static @Nullable Window window(RateLimits.@Nullable Window window) {
    if (window == null) {
      return null;
    }
    var resetsAt = window.resetsAt();
    return new Window(
        window.usedPercentage(), resetsAt == null ? null : Display.timestamp(resetsAt));
  }

  /** The same as the wire shows it. */
  public static Evidence evidence(dev.atmd.core.session.Evidence evidence) {
    return new Evidence(
        Display.timestamp(evidence.at()),
        evidence.signal(),
        evidence.tier().tag(),
        evidence.rule().tag());
  }
}
