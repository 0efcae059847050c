package dev.atmd.server.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that happens unless it is called off in time. On the event loop of the connection. */
final class Deadline {
  private final Runnable missed;
  private @Nullable Future<?> pending;

  /**
   * @param missed runs on the event loop, once for each time the deadline is missed
   */
  Deadline(Runnable missed) {
    this.missed = missed;
  }

  void start(EventLoop loop, Duration after) {
    pending = loop.schedule(missed, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  void callOff() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}
