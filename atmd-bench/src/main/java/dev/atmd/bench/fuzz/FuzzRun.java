package dev.atmd.bench.fuzz;

import dev.atmd.bench.system.ServerProcess;
import dev.atmd.bench.system.Vitals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Floods a daemon with broken frames while a witness checks that it serves others, and prints how
 * its memory, threads and descriptors go.
 */
public final class FuzzRun {
  /** Whoever is not answered for so long counts as never answered. */
  private static final long HANG_NANOS = Duration.ofSeconds(30).toNanos();

  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(5);
  private static final int SAMPLES = 20;
  private static final long MIB = 1_024 * 1_024;

  /** Fewer frames than this say nothing of memory: the daemon is still warming up. */
  private static final long ENOUGH_FRAMES = 1_000_000;

  /** What memory may grow by from the first half to the second, which garbage alone does. */
  private static final double TOLERATED_GROWTH = 1.1;

  private static final long TOLERATED_BYTES = 16 * MIB;

  private final Path socket;
  private final ServerProcess process;
  private final PrintWriter out;
  private final List<Long> resident = new ArrayList<>();

  public FuzzRun(Path socket, ServerProcess process, PrintWriter out) {
    this.socket = socket;
    this.process = process;
    this.out = out;
  }

  /** Sends so many frames over so many connections; true if nobody was disturbed. */
  public boolean run(long frames, int connections, long seed)
      throws IOException, InterruptedException {
    out.printf(
        "%12s %8s %9s %8s %6s %10s%n", "frames", "seconds", "RSS MB", "threads", "fds", "answers");
    var left = new AtomicLong(frames);
    var start = System.nanoTime();
    try (var witness = Witness.at(socket)) {
      witness.round();
      var floods = new ArrayList<Thread>();
      for (var i = 0; i < connections; i++) {
        var flood = new Flood(socket, i % 2 == 1, seed + i, left);
        floods.add(Thread.ofPlatform().daemon().name("flood-" + i).start(flood));
      }
      var failure = new WitnessRounds(witness, floods).start();
      watch(frames, left, start, witness, failure);
      if (failure.found() == null) {
        witness.round();
        return isWell(witness, frames);
      }
      out.println("failed: " + failure.found());
      return false;
    }
  }

  private void watch(
      long frames, AtomicLong left, long start, Witness witness, WitnessRounds rounds)
      throws IOException, InterruptedException {
    var printed = 0L;
    var heardAt = System.nanoTime();
    var heard = witness.rounds();
    while (!rounds.isOver()) {
      rounds.join(BETWEEN_ROUNDS.multipliedBy(4));
      if (witness.rounds() != heard) {
        heard = witness.rounds();
        heardAt = System.nanoTime();
      } else if (System.nanoTime() - heardAt > HANG_NANOS) {
        rounds.fail("nothing was answered for " + HANG_NANOS / 1_000_000_000 + " s");
        return;
      }
      var sent = frames - Math.max(0, left.get());
      if (sent * SAMPLES / frames > printed) {
        printed = sent * SAMPLES / frames;
        sample(sent, start, witness);
      }
    }
  }

  private void sample(long sent, long start, Witness witness) throws IOException {
    var vitals = Vitals.of(process);
    resident.add(vitals.residentBytes());
    out.printf(
        "%,12d %8.1f %9.1f %8d %6d %,10d%n",
        sent,
        (System.nanoTime() - start) / 1e9,
        vitals.residentBytes() / (double) MIB,
        vitals.threads(),
        vitals.descriptors(),
        witness.rounds());
    out.flush();
  }

  private boolean isWell(Witness witness, long frames) throws IOException {
    var bugs =
        witness.metric("atmd_registry_failures_total")
            + witness.metric("atmd_errors_total{code=\\\"internal\\\"}");
    var half = resident.size() / 2;
    var before = resident.subList(0, half).stream().mapToLong(Long::longValue).max().orElse(0);
    var after =
        resident.subList(half, resident.size()).stream().mapToLong(Long::longValue).max().orElse(0);
    var isFlat = frames < ENOUGH_FRAMES || after <= before * TOLERATED_GROWTH + TOLERATED_BYTES;
    out.printf(
        "bugs: %.0f; RSS: at most %d MB in the first half, %d MB in the second%n",
        bugs, before / MIB, after / MIB);
    out.flush();
    return bugs == 0 && isFlat;
  }
}
