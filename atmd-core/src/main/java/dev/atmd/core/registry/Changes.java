package dev.atmd.core.registry;

import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one command has changed. However often it changes a session, that is told once, as it is in
 * the end. Owned by the {@link SessionStore}.
 */
final class Changes {
  /** In order; null where a later change has made one needless. */
  private final List<@Nullable Change> changes = new ArrayList<>();

  /** Where the change stands that tells of a session as it is now. */
  private final Map<SessionId, Integer> newest = new HashMap<>();

  /** A change that has no number yet. */
  private sealed interface Change {
    record Began(Session session) implements Change {}

    record Became(Session session) implements Change {}

    record Ended(SessionId id, RemovalReason reason, @Nullable SessionId successor)
        implements Change {}
  }

  void registered(Session session) {
    newest.put(session.id(), changes.size());
    changes.add(new Change.Began(session));
  }

  void updated(Session session) {
    var known = newest.get(session.id());
    if (known != null && changes.get(known) instanceof Change.Began) {
      changes.set(known, new Change.Began(session));
      return;
    }
    if (known != null) {
      changes.set(known, null);
    }
    newest.put(session.id(), changes.size());
    changes.add(new Change.Became(session));
  }

  void removed(SessionId id, RemovalReason reason, @Nullable SessionId successor) {
    var known = newest.remove(id);
    if (known != null && changes.get(known) instanceof Change.Became) {
      changes.set(known, null);
    }
    changes.add(new Change.Ended(id, reason, successor));
  }

  /** All of them, numbered from the one after {@code seq} on; none are left. */
  List<SessionEvent> take(long seq) {
    if (changes.size() == 1) {
      return takeOnly(seq);
    }
    var events = new ArrayList<SessionEvent>(changes.size());
    for (var change : changes) {
      if (change != null) {
        events.add(numbered(change, seq + events.size() + 1));
      }
    }
    changes.clear();
    newest.clear();
    return events;
  }

  /** Nearly every command changes one session. */
  private List<SessionEvent> takeOnly(long seq) {
    var only = changes.removeLast();
    newest.clear();
    return only == null ? List.of() : List.of(numbered(only, seq + 1));
  }

  private static SessionEvent numbered(Change change, long seq) {
    return switch (change) {
      case Change.Began(var session) -> new Registered(seq, session);
      case Change.Became(var session) -> new Updated(seq, session);
      case Change.Ended(var id, var reason, var successor) ->
          new Removed(seq, id, reason, successor);
    };
  }
}
