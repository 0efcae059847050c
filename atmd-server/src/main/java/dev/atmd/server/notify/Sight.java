package dev.atmd.server.notify;

import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.TmuxPane;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a session decides whether somebody is told.
 *
 * @param project the last part of its path; null while unknown
 * @param quota the fuller of the windows of its plan, in percent; 0 while unknown
 */
record Sight(
    SessionId id,
    String harness,
    @Nullable String project,
    @Nullable String projectPath,
    @Nullable TmuxPane pane,
    @Nullable Pid pid,
    SessionState state,
    double quota) {
  static Sight of(Session session) {
    var path = Optional.ofNullable(session.place()).map(Sight::path).orElse(null);
    return new Sight(
        session.id(),
        session.harness().displayName(),
        path == null ? null : path.substring(path.lastIndexOf('/') + 1),
        path,
        session.pane(),
        session.pid(),
        session.state(),
        quota(session.limits()));
  }

  private static String path(Place place) {
    return place.git() == null ? place.directory() : place.git().projectRoot();
  }

  private static double quota(@Nullable RateLimits limits) {
    return limits == null
        ? 0
        : Math.max(percentage(limits.fiveHour()), percentage(limits.sevenDay()));
  }

  private static double percentage(RateLimits.@Nullable Window window) {
    return window == null ? 0 : window.usedPercentage();
  }

  /** Whom it is about, in words. */
  String name() {
    return project == null || project.isEmpty() ? harness + " " + id.abbreviated() : project;
  }

  /** What is asked, if anything is. */
  @Nullable String question() {
    if (!(state instanceof AttentionNeeded(_, var question))) {
      return null;
    }
    var call = question.call();
    var text = question.text() != null || call == null ? question.text() : call.target();
    return text == null ? question.detail() : question.detail() + ": " + text;
  }

  /** Why the last turn failed, if it did. */
  @Nullable String problem() {
    return state instanceof Idle(_, var problem) ? problem : null;
  }
}
