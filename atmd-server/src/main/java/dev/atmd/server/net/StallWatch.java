package dev.atmd.server.net;

import dev.atmd.server.broadcast.Outbox;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a peer has read nothing for too long although something waits for it. Costs nothing
 * while nothing waits. On the event loop of the connection.
 */
final class StallWatch {
  private final Channel channel;
  private final Outbox outbox;
  private final long limitNanos;
  private final Runnable stalled;
  private @Nullable Future<?> next;
  private boolean ended;

  /**
   * @param stalled is called once, when the limit has been reached
   */
  StallWatch(Channel channel, Outbox outbox, Duration limit, Runnable stalled) {
    this.channel = channel;
    this.outbox = outbox;
    this.limitNanos = limit.toNanos();
    this.stalled = stalled;
  }

  /** Something waits. */
  void start() {
    if (next == null && !ended) {
      checkAfter(limitNanos);
    }
  }

  /** The connection is over, and nothing may hold on to it until the next check. */
  void end() {
    ended = true;
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  private void checkAfter(long nanos) {
    next = channel.eventLoop().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    next = null;
    var nanos = outbox.stalledNanos();
    if (outbox.isIdle() || ended) {
      return;
    }
    if (nanos < limitNanos) {
      checkAfter(limitNanos - nanos);
    } else {
      stalled.run();
    }
  }
}
