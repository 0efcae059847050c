package dev.atmd.server.broadcast;

import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import java.util.HashSet;
import java.util.Set;

/**
 * Which sessions the client of a filtered subscription knows of, so that it hears of those that
 * leave the filter and of no others. On the event loop of the connection.
 */
sealed interface Shown {
  /** The client is told that the session matches. */
  void show(SessionId id);

  /** The session matches no more, or is gone; says whether the client may know of it. */
  boolean hide(SessionId id);

  /** The session is gone for good; says whether the client may know of it. */
  boolean forget(SessionId id);

  /** After a list: the client knows what was in it. */
  static Shown listed(Snapshot snapshot, SessionFilter filter) {
    var ids = new HashSet<SessionId>();
    snapshot.sessions().stream().filter(filter::matches).forEach(session -> ids.add(session.id()));
    return new Known(ids);
  }

  /** For a client that has been here before: it may know of any session. */
  static Shown unknown() {
    return new Unknown(new HashSet<>());
  }

  /** The client knows of these sessions. */
  record Known(Set<SessionId> ids) implements Shown {
    @Override
    public void show(SessionId id) {
      ids.add(id);
    }

    @Override
    public boolean hide(SessionId id) {
      return ids.remove(id);
    }

    @Override
    public boolean forget(SessionId id) {
      return ids.remove(id);
    }
  }

  /** The client may know of any session but these. */
  record Unknown(Set<SessionId> hidden) implements Shown {
    @Override
    public void show(SessionId id) {
      hidden.remove(id);
    }

    @Override
    public boolean hide(SessionId id) {
      return hidden.add(id);
    }

    @Override
    public boolean forget(SessionId id) {
      return !hidden.remove(id);
    }
  }
}
