package dev.atmd.protocol.message;

import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as the wire shows it (atm-protocol §7), in the order of the wire. The fields up to
 * {@code firstPrompt} are protocol 1.0; {@link Plain} is what 1.1 adds.
 *
 * @param plain null from a 1.0 daemon
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
      @Nullable String reason) {}

  /** How the session looks at that moment. */
  public static SessionView of(Session session, Instant now) {
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
        session.links().children().stream().map(SessionId::value).toList(),
        session.firstPrompt(),
        plain(session, place));
  }

  private static Plain plain(Session session, @Nullable Place place) {
    Pid pid = session.pid();
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
        session.state() instanceof AttentionNeeded open ? open.question().reason().tag() : null);
  }
}
