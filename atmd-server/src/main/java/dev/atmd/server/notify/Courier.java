package dev.atmd.server.notify;

import dev.atmd.server.notify.Channel.CannotTell;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries notices to channels, on a thread of its own, "atmd-notify-out"; what does not work is
 * tried again a few times. Thread-safe.
 */
final class Courier implements AutoCloseable {
  /** Deliveries under way, attempts to come included; and as many notices before that. */
  private static final int MAX_OPEN = 256;

  private static final long[] PAUSES_SECONDS = {1, 5, 30};

  private final InstantSource clock;
  private final Deliveries deliveries;
  private final NotifyGauges gauges;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger found = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("atmd-notify-out").daemon().factory());

  Courier(InstantSource clock, Deliveries deliveries, NotifyGauges gauges) {
    this.clock = clock;
    this.deliveries = deliveries;
    this.gauges = gauges;
  }

  /** Tells a notice by all these channels; completes when each has worked or been given up. */
  CompletableFuture<Void> carry(Notice notice, Collection<Channel> channels, boolean retries) {
    var all = channels.stream().map(channel -> carry(notice, channel, retries)).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> carry(Notice notice, Channel channel, boolean retries) {
    var done = new CompletableFuture<Void>();
    if (open.incrementAndGet() > MAX_OPEN) {
      end(notice, channel, "not told: too many notices at once", false, done);
    } else {
      schedule(notice, channel, retries ? 0 : PAUSES_SECONDS.length, 0, done);
    }
    return done;
  }

  private void schedule(
      Notice notice, Channel channel, int attempt, long seconds, CompletableFuture<Void> done) {
    try {
      var _ =
          thread.schedule(() -> attempt(notice, channel, attempt, done), seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException _) {
      end(notice, channel, "not told: the daemon is stopping", false, done);
    }
  }

  private void attempt(Notice notice, Channel channel, int attempt, CompletableFuture<Void> done) {
    try {
      end(notice, channel, channel.tell(notice), true, done);
    } catch (CannotTell e) {
      end(notice, channel, String.valueOf(e.getMessage()), false, done);
    } catch (IOException | RuntimeException e) {
      if (attempt < PAUSES_SECONDS.length) {
        schedule(notice, channel, attempt + 1, PAUSES_SECONDS[attempt], done);
      } else {
        end(notice, channel, "failed: " + e.getMessage(), false, done);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end(notice, channel, "not told: the daemon is stopping", false, done);
    }
  }

  private void end(
      Notice notice,
      Channel channel,
      String outcome,
      boolean worked,
      CompletableFuture<Void> done) {
    open.decrementAndGet();
    gauges.told(channel.word(), worked);
    deliveries.add(notice, channel.word(), outcome, worked, clock.instant());
    done.complete(null);
  }

  /** For what has to be found out before a notice is carried; a program may take its time. */
  void execute(Runnable task) {
    if (found.incrementAndGet() > MAX_OPEN) {
      found.decrementAndGet();
      gauges.noticeDropped();
      return;
    }
    try {
      thread.execute(() -> {
        found.decrementAndGet();
        task.run();
      });
    } catch (RejectedExecutionException _) {
      found.decrementAndGet(); // The daemon is stopping.
    }
  }

  /** All channels there are. */
  static List<Channel> channels(NotifyConfig config) {
    return List.of(
        new Desktop(), new Pane(), new Command(config.command()), new Webhook(config.webhook()));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
