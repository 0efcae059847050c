package dev.atmd.server.broadcast;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.Position;
import io.netty.channel.EventLoop;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries events from the registry to all subscribers: encodes each once, in its turn, and hands it
 * to every {@link Lane}. While nobody listens nothing is encoded.
 */
public final class Broadcaster implements EventSink {
  private static final List<Detail> DETAILS = List.of(Detail.values());

  private final FrameEncoder encoder;
  private final Map<EventLoop, Lane> lanes = new LinkedHashMap<>();
  private final int maxSubscribers;
  private final OutboxBudget budget;
  private final AtomicInteger subscribers = new AtomicInteger();

  /** Subscribers for each level of detail. */
  private final Map<Detail, AtomicInteger> audience = new EnumMap<>(Detail.class);

  /**
   * @param epoch names this run of the daemon
   * @param loops the event loops of all connections
   */
  public Broadcaster(
      String epoch,
      List<EventLoop> loops,
      int maxSubscribers,
      OutboxBudget.Limits outboxes,
      BroadcastGauges gauges) {
    this.encoder = new FrameEncoder(epoch);
    this.maxSubscribers = maxSubscribers;
    this.budget = new OutboxBudget(outboxes);
    for (var detail : DETAILS) {
      audience.put(detail, new AtomicInteger());
    }
    loops.forEach(loop -> lanes.put(loop, new Lane(loop, encoder, gauges)));
  }

  /** The lane of a connection on this event loop. */
  public Lane lane(EventLoop loop) {
    var lane = lanes.get(loop);
    if (lane == null) {
      throw new IllegalArgumentException("not an event loop of this daemon: " + loop);
    }
    return lane;
  }

  /** Takes one of the places for subscribers; false if there is none left. Any thread. */
  public boolean join(Detail detail) {
    var joins =
        subscribers.getAndUpdate(count -> count < maxSubscribers ? count + 1 : count)
            < maxSubscribers;
    if (joins) {
      audience(detail).incrementAndGet();
    }
    return joins;
  }

  /** Gives back a place that {@link #join} took. Any thread. */
  public void leave(Detail detail) {
    audience(detail).decrementAndGet();
    subscribers.decrementAndGet();
  }

  /** Whether that is a place in the stream of this run. Any thread. */
  public boolean isOfThisRun(Position position) {
    return encoder.isOfThisRun(position);
  }

  /** What may wait in the outboxes of all connections. Any thread. */
  public OutboxBudget budget() {
    return budget;
  }

  public int subscribers() {
    return subscribers.get();
  }

  public int maxSubscribers() {
    return maxSubscribers;
  }

  private AtomicInteger audience(Detail detail) {
    return Objects.requireNonNull(audience.get(detail));
  }

  @Override
  public void accept(SessionEvent event) {
    if (subscribers.get() > 0) {
      var frame = encoder.frame(event);
      for (var detail : DETAILS) {
        if (audience(detail).get() > 0) {
          var _ = frame.line(detail);
        }
      }
      lanes.values().forEach(lane -> lane.broadcast(frame));
    }
  }

  @Override
  public void endOfBatch() {
    lanes.values().forEach(Lane::flush);
  }
}
