package dev.atmd.client.cli;

import dev.atmd.client.SessionListener;
import dev.atmd.client.cli.FeedEvent.Back;
import dev.atmd.client.cli.FeedEvent.Line;
import dev.atmd.client.cli.FeedEvent.Lost;
import dev.atmd.client.cli.FeedEvent.News;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the feed brings over to the thread that prints. When it is full the feed waits, and
 * the daemon keeps only the newest state of each session for us.
 */
final class FeedQueue implements SessionListener {
  /** A screenful of agents, each with many changes. */
  private static final int MAX_EVENTS = 1_024;

  private final BlockingQueue<FeedEvent> events = new ArrayBlockingQueue<>(MAX_EVENTS);

  FeedEvent take() throws InterruptedException {
    return events.take();
  }

  /** The next event if it comes in time. */
  @Nullable FeedEvent poll(Duration timeout) throws InterruptedException {
    return events.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void received(String json) {
    put(new Line(json));
  }

  @Override
  public void list(SessionList list) {
    put(new News(list));
  }

  @Override
  public void updated(SessionUpdated update) {
    put(new News(update));
  }

  @Override
  public void removed(SessionRemoved removal) {
    put(new News(removal));
  }

  @Override
  public void disconnected(IOException cause, Duration retryIn) {
    put(new Lost(cause, retryIn));
  }

  @Override
  public void reconnected() {
    put(new Back());
  }

  private void put(FeedEvent event) {
    try {
      events.put(event);
    } catch (InterruptedException _) {
      // Only the end of the feed interrupts its thread; nobody reads on.
      Thread.currentThread().interrupt();
    }
  }
}
