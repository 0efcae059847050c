package dev.atmd.server.net;

import dev.atmd.server.broadcast.Outbox;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Notices when a peer has read nothing for too long although something waits for it. Costs nothing
 * while nothing waits. On the event loop of the connection.
 */
final class StallWatch {
  private final Channel channel;
  private final Outbox outbox;
  private final long limitNanos;
  private final Runnable stalled;
  private boolean watching;

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
    if (!watching) {
      watching = true;
      checkAfter(limitNanos);
    }
  }

  private void checkAfter(long nanos) {
    var _ = channel.eventLoop().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    var nanos = outbox.stalledNanos();
    if (outbox.isIdle() || !channel.isActive()) {
      watching = false;
    } else if (nanos < limitNanos) {
      checkAfter(limitNanos - nanos);
    } else {
      stalled.run();
    }
  }
}
