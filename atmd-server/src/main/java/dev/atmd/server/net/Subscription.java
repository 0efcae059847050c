package dev.atmd.server.net;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.Lane;
import dev.atmd.server.broadcast.Outbox;
import dev.atmd.server.broadcast.Subscriber;
import java.util.function.BooleanSupplier;
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
  private final BooleanSupplier isExtended;

  private @Nullable Subscriber subscriber;

  /** What it is shown; it holds a place for that, or null. */
  private @Nullable Detail place;

  /**
   * @param isExtended whether the peer understands what protocol 1.1 adds
   */
  Subscription(Broadcaster broadcaster, Lane lane, Outbox outbox, BooleanSupplier isExtended) {
    this.broadcaster = broadcaster;
    this.lane = lane;
    this.outbox = outbox;
    this.isExtended = isExtended;
  }

  /** Takes a place, or keeps the one it has; false if there is none. */
  boolean join(Detail detail) {
    if (place != null && place != detail) {
      broadcaster.leave(place);
      place = null;
    }
    if (place == null && broadcaster.join(detail)) {
      place = detail;
    }
    return place != null;
  }

  /** Sends the list, and after it every event. One that has ended meanwhile gets the list only. */
  void open(Snapshot snapshot, SubscribeRequest request) {
    var opened = replace(request);
    outbox.send(lane.list(snapshot, request.filter(), request.detail()));
    if (opened != null) {
      lane.begin(opened, snapshot);
    }
  }

  /** Sends what was missed, and after it every event. */
  void resume(Outcome.Missed missed, SubscribeRequest request) {
    var opened = replace(request);
    outbox.send(lane.resumed(missed));
    if (opened != null) {
      lane.resume(opened, missed);
    }
  }

  /** Null if the subscription has ended meanwhile. */
  private @Nullable Subscriber replace(SubscribeRequest request) {
    if (place == null) {
      return null;
    }
    if (subscriber != null) {
      lane.remove(subscriber);
    }
    outbox.dropEvents();
    subscriber = lane.subscriber(outbox, request.since(null), isExtended.getAsBoolean());
    return subscriber;
  }

  /** The outbox has replaced events by newer ones. */
  void replaced(int events) {
    if (subscriber != null) {
      subscriber.replaced(events);
    }
  }

  /** The outbox has dropped events. */
  void dropped(int events) {
    if (subscriber != null) {
      subscriber.dropped(events);
    }
  }

  /** The subscriber that needs a snapshot now, if it does. Answered once for each time it lags. */
  @Nullable Subscriber startsCatchingUp() {
    return subscriber != null && subscriber.startsCatchingUp() ? subscriber : null;
  }

  /** Begins again with this snapshot, unless the subscription is another one by now. */
  void catchUp(Subscriber lagging, Snapshot snapshot) {
    if (subscriber == lagging) {
      open(snapshot, lagging.request());
    }
  }

  void end() {
    if (subscriber != null) {
      lane.remove(subscriber);
      outbox.dropEvents();
      subscriber = null;
    }
    if (place != null) {
      broadcaster.leave(place);
      place = null;
    }
  }
}
