package dev.atmd.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many events a second a daemon delivers to its subscribers. The publisher keeps a bounded
 * number of events under way, so that a daemon that keeps up never has to drop any; what is missing
 * after a daemon has fallen silent is lost.
 */
final class FanOut {
  private static final int WINDOW = 256;
  private static final int BATCH = 32;

  /** A daemon that has delivered nothing for so long has nothing left to deliver. */
  private static final long SILENCE_MILLIS = 2_000;

  private final Path socket;
  private final int subscribers;
  private final int updates;

  FanOut(Path socket, int subscribers, int updates) {
    this.socket = socket;
    this.subscribers = subscribers;
    this.updates = updates / BATCH * BATCH;
  }

  Result run(String name) throws Exception {
    var listening = new CountDownLatch(subscribers);
    var wires = new ArrayList<Wire>();
    var delivered = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < subscribers; i++) {
        var wire = Wire.connect(socket);
        wires.add(wire);
        var _ = threads.submit(() -> listen(wire, listening, delivered));
      }
      listening.await();
      var start = System.nanoTime();
      publish(new StatusLines(name), delivered);
      var end = awaitAll(delivered, start);
      for (var wire : wires) {
        wire.close();
      }
      var expected = (long) updates * subscribers;
      return new Result(
          "fan-out to " + subscribers + ", deliveries/s",
          delivered.get() / ((end - start) / 1e9),
          expected - delivered.get());
    }
  }

  private static @Nullable Void listen(Wire wire, CountDownLatch listening, AtomicLong delivered) {
    try {
      wire.write(Wire.message("\"type\":\"subscribe\""));
      wire.readLine();
      listening.countDown();
      while (true) {
        delivered.addAndGet(wire.countLines());
      }
    } catch (IOException _) {
      return null; // The measurement is over.
    }
  }

  private void publish(StatusLines lines, AtomicLong delivered)
      throws IOException, InterruptedException {
    try (var wire = Wire.connect(socket)) {
      for (var sent = 0; sent < updates; sent += BATCH) {
        var patience = System.nanoTime() + SILENCE_MILLIS * 1_000_000;
        while (sent - delivered.get() / subscribers > WINDOW && System.nanoTime() < patience) {
          Thread.onSpinWait();
        }
        wire.write(lines.lines(0, sent, BATCH));
      }
      wire.write(Wire.message("\"type\":\"list_sessions\""));
      wire.readLine();
    }
  }

  /** Answers when the last event came. */
  private long awaitAll(AtomicLong delivered, long start) throws InterruptedException {
    var expected = (long) updates * subscribers;
    var last = -1L;
    var lastAt = start;
    while (delivered.get() < expected) {
      var now = System.nanoTime();
      if (delivered.get() != last) {
        last = delivered.get();
        lastAt = now;
      } else if (now - lastAt > SILENCE_MILLIS * 1_000_000) {
        return lastAt;
      }
      Thread.sleep(1);
    }
    return System.nanoTime();
  }
}
