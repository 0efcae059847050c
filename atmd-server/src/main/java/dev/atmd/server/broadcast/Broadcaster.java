package dev.atmd.server.broadcast;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.SessionEvent;
import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries events from the registry to all subscribers: encodes each once, on the registry's thread,
 * and hands it to every {@link Lane}. While nobody listens nothing is encoded.
 */
public final class Broadcaster implements EventSink {
  private final FrameEncoder encoder;
  private final Map<EventLoop, Lane> lanes = new LinkedHashMap<>();
  private final int maxSubscribers;
  private final AtomicInteger audience = new AtomicInteger();

  /**
   * @param epoch names this run of the daemon
   * @param loops the event loops of all connections
   */
  public Broadcaster(
      String epoch, List<EventLoop> loops, int maxSubscribers, BroadcastGauges gauges) {
    this.encoder = new FrameEncoder(epoch);
    this.maxSubscribers = maxSubscribers;
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
  public boolean join() {
    return audience.getAndUpdate(count -> count < maxSubscribers ? count + 1 : count)
        < maxSubscribers;
  }

  /** Gives back a place that {@link #join} took. Any thread. */
  public void leave() {
    audience.decrementAndGet();
  }

  public int subscribers() {
    return audience.get();
  }

  public int maxSubscribers() {
    return maxSubscribers;
  }

  @Override
  public void accept(SessionEvent event) {
    if (audience.get() > 0) {
      var frame = encoder.frame(event);
      lanes.values().forEach(lane -> lane.broadcast(frame));
    }
  }

  @Override
  public void endOfBatch() {
    lanes.values().forEach(Lane::flush);
  }
}
