package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.load.Wire;
import dev.atmd.bench.system.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes at a fixed rate, whatever comes back: on a thread of its own, while the caller drains.
 */
final class OpenLoop {
  private static final long TURN_MILLIS = 10;
  private static final long SOON_NANOS = 20_000_000;

  /** Between two attempts to write to a server that does not read. */
  private static final long RETRY_NANOS = 50_000;

  /** Overdue updates that go out in one write. */
  private static final int JOINED = 64;

  private final Topic topic;
  private final Drain drain;
  private final Audience audience;
  private final Lateness lateness;
  private final long silenceNanos;

  OpenLoop(Topic topic, Drain drain, Audience audience, Lateness lateness, Duration silence) {
    this.topic = topic;
    this.drain = drain;
    this.audience = audience;
    this.lateness = lateness;
    this.silenceNanos = silence.toNanos();
  }

  /**
   * Publishes from this number on, and waits until all has arrived.
   *
   * @return the number after the last one
   */
  int run(int first, int perSecond, Duration span) throws IOException, InterruptedException {
    var interval = 1_000_000_000L / perSecond;
    var end = first + (int) (span.toNanos() / interval);
    var start = System.nanoTime() + SOON_NANOS;
    lateness.begin(first, start, interval);
    var sending = new CompletableFuture<@Nullable Void>();
    // Open until all has arrived: what a server has not read yet may go with the connection.
    try (var wire = topic.publisher()) {
      var _ =
          Thread.ofPlatform()
              .name("bench-publisher")
              .daemon()
              .start(() -> finish(sending, wire, first, end, start, interval));
      drainUntil(end, sending);
    }
    return end;
  }

  private void drainUntil(int end, CompletableFuture<@Nullable Void> sending)
      throws IOException, InterruptedException {
    var delivered = -1.0;
    var deliveredAt = System.nanoTime();
    while (!sending.isDone()
        || (audience.delivered() < end && System.nanoTime() - deliveredAt < silenceNanos)) {
      drain.turn(TURN_MILLIS);
      if (audience.delivered() > delivered) {
        delivered = audience.delivered();
        deliveredAt = System.nanoTime();
      }
    }
    try {
      var _ = sending.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot publish", e.getCause());
    }
  }

  private void finish(
      CompletableFuture<@Nullable Void> sending,
      Wire wire,
      int first,
      int end,
      long start,
      long interval) {
    try {
      publish(wire, first, end, start, interval);
      sending.complete(null);
    } catch (IOException | RuntimeException e) {
      sending.completeExceptionally(e);
    }
  }

  private void publish(Wire wire, int first, int end, long start, long interval)
      throws IOException {
    var channel = wire.nonBlocking();
    var out = ByteBuffer.allocateDirect(JOINED * topic.publicationBytes());
    var answers = ByteBuffer.allocateDirect(JOINED * 1_024);
    for (var next = first; next < end; ) {
      var wait = start + (next - first) * interval - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        continue;
      }
      var due = (int) Math.min(JOINED, Math.min(end - next, -wait / interval + 1));
      out.clear();
      for (var i = 0; i < due; i++) {
        topic.put(out, next++);
      }
      write(channel, out.flip(), answers);
    }
  }

  private static void write(SocketChannel channel, ByteBuffer out, ByteBuffer answers)
      throws IOException {
    while (out.hasRemaining()) {
      if (channel.write(out) == 0) {
        LockSupport.parkNanos(RETRY_NANOS);
      }
      while (channel.read(answers.clear()) > 0) {
        // Taken away, so that the server does not wait for room.
      }
    }
  }
}
