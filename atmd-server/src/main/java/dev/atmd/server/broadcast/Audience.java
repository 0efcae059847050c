package dev.atmd.server.broadcast;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The subscribers of one event loop that are shown the same. On that event loop. */
final class Audience {
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();

  /** Made anew only when somebody has come or gone. */
  private @Nullable List<Subscriber> members;

  void add(Subscriber subscriber) {
    subscribers.add(subscriber);
    members = null;
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
    members = null;
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }

  /** All of them as they are now; it does not change while it is gone through. */
  List<Subscriber> members() {
    var listed = members;
    if (listed == null) {
      listed = List.copyOf(subscribers);
      members = listed;
    }
    return listed;
  }
}
