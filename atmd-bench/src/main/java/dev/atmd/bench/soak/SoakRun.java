package dev.atmd.bench.soak;

import dev.atmd.bench.system.ServerProcess;
import dev.atmd.bench.system.Vitals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** Lets passers-by visit a daemon for a long time, and prints how it is meanwhile. */
public final class SoakRun {
  private static final int SAMPLES = 40;
  private static final long MIB = 1_024 * 1_024;

  /** What memory may grow by from the second quarter to the last, which garbage alone does. */
  private static final double TOLERATED_GROWTH = 1.15;

  private static final long TOLERATED_BYTES = 16 * MIB;

  /** Connections that are under way when somebody looks. */
  private static final int TOLERATED_DESCRIPTORS = 16;

  private static final int TOLERATED_THREADS = 4;

  /** Before that the daemon is still warming up. */
  private static final Duration ENOUGH = Duration.ofMinutes(5);

  private final Path socket;
  private final ServerProcess process;
  private final PrintWriter out;
  private final List<Vitals> series = new ArrayList<>();

  public SoakRun(Path socket, ServerProcess process, PrintWriter out) {
    this.socket = socket;
    this.process = process;
    this.out = out;
  }

  /** For so long, with so many clients at a time; true if the daemon is as it was early on. */
  public boolean run(Duration time, int clients, long seed)
      throws IOException, InterruptedException {
    out.printf("%9s %12s %9s %8s %6s%n", "minutes", "visits", "RSS MB", "threads", "fds");
    var over = new AtomicBoolean();
    var visits = new AtomicLong();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < clients; i++) {
      var passerby = new Passerby(socket, i % 2 == 1, seed + i, over, visits);
      threads.add(Thread.ofPlatform().daemon().name("passerby-" + i).start(passerby));
    }
    var start = System.nanoTime();
    try {
      for (var sample = 1; sample <= SAMPLES; sample++) {
        Thread.sleep(time.dividedBy(SAMPLES));
        look(System.nanoTime() - start, visits.get());
      }
    } finally {
      over.set(true);
    }
    for (var thread : threads) {
      thread.join(Duration.ofSeconds(10));
    }
    return isFlat(time);
  }

  private void look(long nanos, long visits) throws IOException {
    var vitals = Vitals.of(process);
    series.add(vitals);
    out.printf(
        "%9.2f %,12d %9.1f %8d %6d%n",
        nanos / 60e9,
        visits,
        vitals.residentBytes() / (double) MIB,
        vitals.threads(),
        vitals.descriptors());
    out.flush();
  }

  private boolean isFlat(Duration time) {
    var memory = highest(1, Vitals::residentBytes);
    var memoryAtLast = highest(3, Vitals::residentBytes);
    var threads = highest(3, Vitals::threads) - highest(1, Vitals::threads);
    var descriptors = highest(3, Vitals::descriptors) - highest(1, Vitals::descriptors);
    out.printf(
        "from the second quarter to the last: RSS %d to %d MB, threads %+d, fds %+d%n",
        memory / MIB, memoryAtLast / MIB, threads, descriptors);
    return time.compareTo(ENOUGH) < 0
        || (memoryAtLast <= memory * TOLERATED_GROWTH + TOLERATED_BYTES
            && threads <= TOLERATED_THREADS
            && descriptors <= TOLERATED_DESCRIPTORS);
  }

  /** The highest of a quarter of the series, counted from 0. */
  private long highest(int quarter, ToLongFunction<Vitals> value) {
    var from = series.size() * quarter / 4;
    var to = series.size() * (quarter + 1) / 4;
    return series.subList(from, to).stream().mapToLong(value).max().orElse(0);
  }
}
