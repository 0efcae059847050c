package dev.atmd.bench.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The witness at work for as long as the floods last, on a thread of its own. */
final class WitnessRounds {
  /** Some two hundred rounds a second: it is there to notice, not to load. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Witness witness;
  private final List<Thread> floods;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("witness").unstarted(this::run);

  WitnessRounds(Witness witness, List<Thread> floods) {
    this.witness = witness;
    this.floods = floods;
  }

  WitnessRounds start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      for (var flood : floods) {
        while (!flood.join(PAUSE)) {
          witness.round();
        }
      }
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void fail(String why) {
    failure.compareAndSet(null, why);
  }

  /** What went wrong; null if nothing has. */
  @Nullable String found() {
    return failure.get();
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  void join(Duration patience) throws InterruptedException {
    var _ = thread.join(patience);
  }
}
