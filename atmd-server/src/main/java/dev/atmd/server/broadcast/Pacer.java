package dev.atmd.server.broadcast;

import dev.atmd.core.session.SessionId;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers events for a subscriber that wants to hear at most once per interval, of each session the
 * newest. What happens after a pause goes out at once. On the event loop of the connection.
 */
final class Pacer {
  private final EventExecutor loop;
  private final Duration interval;
  private final int maxEvents;
  private final Consumer<List<Frame>> out;
  private final SequencedMap<SessionId, Frame> gathered = new LinkedHashMap<>();
  private @Nullable Future<?> next;

  /**
   * @param maxEvents go out early when more have been gathered
   */
  Pacer(EventExecutor loop, Duration interval, int maxEvents, Consumer<List<Frame>> out) {
    this.loop = loop;
    this.interval = interval;
    this.maxEvents = maxEvents;
    this.out = out;
  }

  void offer(List<Frame> frames) {
    frames.forEach(frame -> gathered.putLast(Frame.sessionId(frame.event()), frame));
    if (next == null) {
      tick();
    } else if (gathered.size() > maxEvents) {
      send();
    }
  }

  /** Forgets what was gathered: the subscriber begins again, or ends. */
  void clear() {
    gathered.clear();
  }

  private void tick() {
    next = null;
    if (!gathered.isEmpty()) {
      send();
      next = loop.schedule(this::tick, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void send() {
    var frames = List.copyOf(gathered.values());
    gathered.clear();
    out.accept(frames);
  }
}
