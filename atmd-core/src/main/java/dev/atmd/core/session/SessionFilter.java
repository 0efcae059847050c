package dev.atmd.core.session;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions somebody wants to hear of. An empty set does not restrict.
 *
 * @param project a part of the project root's path; null for any, also for none
 */
public record SessionFilter(
    Set<SessionId> ids, Set<Harness> harnesses, Set<Status> statuses, @Nullable String project) {
  public static final SessionFilter ALL = new SessionFilter(Set.of(), Set.of(), Set.of(), null);

  public SessionFilter {
    ids = Set.copyOf(ids);
    harnesses = Set.copyOf(harnesses);
    statuses = Set.copyOf(statuses);
  }

  public boolean matches(Session session) {
    return (ids.isEmpty() || ids.contains(session.id()))
        && (harnesses.isEmpty() || harnesses.contains(session.harness()))
        && (statuses.isEmpty() || statuses.contains(session.state().status()))
        && (project == null || isIn(session.place(), project));
  }

  /** The same filter after a session it may name got another id. */
  public SessionFilter followingRename(SessionId old, SessionId renamed) {
    if (!ids.contains(old)) {
      return this;
    }
    var followed = new HashSet<>(ids);
    followed.add(renamed);
    return new SessionFilter(followed, harnesses, statuses, project);
  }

  private static boolean isIn(@Nullable Place place, String project) {
    return place != null && place.git() != null && place.git().projectRoot().contains(project);
  }
}
