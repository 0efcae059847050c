package dev.atmd.server.net;

import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.Lane;
import dev.atmd.server.broadcast.Outbox;
import dev.atmd.server.broadcast.Subscriber;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how one connection is subscribed (atm-protocol §10). On its event loop.
 *
 * <pre>
 * none      join, if there is a place     → joined
 * joined    open, with the snapshot       → open
 * open      open again                    → open, with the new filter
 * any       end                           → none, and the place is free
 * </pre>
 */
final class Subscription {
  private final Broadcaster broadcaster;
  private final Lane lane;
  private final Outbox outbox;

  /** Whether this connection holds one of the places for subscribers. */
  private boolean joined;

  private @Nullable Subscriber subscriber;

  Subscription(Broadcaster broadcaster, Lane lane, Outbox outbox) {
    this.broadcaster = broadcaster;
    this.lane = lane;
    this.outbox = outbox;
  }

  /** Takes a place, or keeps the one it has; false if there is none. */
  boolean join() {
    joined = joined || broadcaster.join();
    return joined;
  }

  /** Sends the list, and after it every event. One that has ended meanwhile gets the list only. */
  void open(Snapshot snapshot, SessionFilter filter) {
    if (!joined) {
      outbox.send(lane.list(snapshot, filter));
      return;
    }
    if (subscriber != null) {
      lane.remove(subscriber);
    }
    outbox.dropEvents();
    subscriber = lane.subscriber(outbox, filter);
    outbox.send(lane.list(snapshot, filter));
    lane.begin(subscriber, snapshot);
  }

  /** The outbox has dropped events. */
  void lag() {
    if (subscriber != null) {
      subscriber.lag();
    }
  }

  /** The subscriber that needs a snapshot now, if it does. Answered once for each time it lags. */
  @Nullable Subscriber startsCatchingUp() {
    return subscriber != null && subscriber.startsCatchingUp() ? subscriber : null;
  }

  /** Begins again with this snapshot, unless the subscription is another one by now. */
  void catchUp(Subscriber lagging, Snapshot snapshot) {
    if (subscriber == lagging) {
      open(snapshot, lagging.filter());
    }
  }

  void end() {
    if (subscriber != null) {
      lane.remove(subscriber);
      outbox.dropEvents();
      subscriber = null;
    }
    if (joined) {
      joined = false;
      broadcaster.leave();
    }
  }
}
