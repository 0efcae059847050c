package dev.atmd.client.feed;

import dev.atmd.client.SessionListener;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the feed brings over to the thread that uses it, one kind of value or another. When it
 * is full the feed waits, and the daemon keeps only the newest state of each session for us.
 */
public final class FeedQueue<T> {
  /** A screenful of agents, each with many changes. */
  private static final int MAX_EVENTS = 1_024;

  private final BlockingQueue<T> events = new ArrayBlockingQueue<>(MAX_EVENTS);

  /** A feed's way into a queue of what it brings. */
  public static SessionListener into(FeedQueue<FeedEvent> queue) {
    return new FeedRelay(queue::put);
  }

  public T take() throws InterruptedException {
    return events.take();
  }

  /** The next event if it comes in time. */
  public @Nullable T poll(Duration timeout) throws InterruptedException {
    return events.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Adds an event; waits while there is no room. */
  public void put(T event) {
    try {
      events.put(event);
    } catch (InterruptedException _) {
      // Only the end of whoever brings it interrupts its thread; nobody reads on.
      Thread.currentThread().interrupt();
    }
  }
}
