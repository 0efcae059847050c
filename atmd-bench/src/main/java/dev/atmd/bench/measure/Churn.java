package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.load.Messages;
import dev.atmd.bench.load.Wire;
import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.AtmDaemon;
import dev.atmd.bench.system.SessionTopic;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Connections that come, say hello and one thing, and go, as hooks do: at once, or when they have
 * read all that the daemon has to say. A subscriber tells which of them were heard.
 */
public final class Churn implements Measurement {
  private static final int SESSIONS = 50;
  private static final long TURN_MILLIS = 10;

  @Override
  public void run(Field field, Sizes sizes, Report report) throws InterruptedException {
    for (var reads : new boolean[] {false, true}) {
      Rounds.<AtmDaemon>run(
          sizes.rounds(),
          field.daemons(),
          of -> List.of(column(report, reads, of)),
          (of, daemon, warmingUp) ->
              measure(daemon, sizes, reads, warmingUp ? null : column(report, reads, of)));
    }
  }

  private static Column column(Report report, boolean reads, Of of) {
    var name = reads ? "hook that reads to the end" : "hook that does not wait";
    return Column.more(report, name, "1/s", of);
  }

  private static void measure(AtmDaemon daemon, Sizes sizes, boolean reads, @Nullable Column column)
      throws IOException, InterruptedException {
    var number = sizes.churn();
    try (var topic = daemon.topic(SESSIONS);
        var drain = new Drain()) {
      var heard = new BitSet(number);
      drain.add(topic.subscriber(), topic.reader((update, _) -> heard.set(update)));
      var calling = new CompletableFuture<@Nullable Void>();
      var start = System.nanoTime();
      var _ =
          Thread.ofPlatform()
              .name("bench-callers")
              .daemon()
              .start(() -> call(daemon, topic, reads, number, calling));
      var end = await(drain, heard, sizes, calling);
      if (column != null) {
        column.add(heard.cardinality() * 1e9 / (end - start), number - heard.cardinality());
      }
    }
  }

  private static void call(
      AtmDaemon daemon,
      SessionTopic topic,
      boolean reads,
      int number,
      CompletableFuture<@Nullable Void> calling) {
    var hello = Messages.HELLO.getBytes(StandardCharsets.US_ASCII);
    var out = ByteBuffer.allocateDirect(hello.length + topic.publicationBytes());
    try {
      for (var i = 0; i < number; i++) {
        out.clear().put(hello);
        topic.put(out, i);
        try (var wire = Wire.connect(UnixDomainSocketAddress.of(daemon.socket()))) {
          wire.write(out.flip());
          if (reads) {
            wire.end();
          }
        }
      }
      calling.complete(null);
    } catch (IOException | RuntimeException e) {
      calling.completeExceptionally(e);
    }
  }

  /** Answers when the last one was heard. */
  private static long await(
      Drain drain, BitSet heard, Sizes sizes, CompletableFuture<@Nullable Void> calling)
      throws IOException, InterruptedException {
    var count = 0;
    var at = System.nanoTime();
    var silenceNanos = sizes.silence().toNanos();
    while (count < sizes.churn() && (!calling.isDone() || System.nanoTime() - at < silenceNanos)) {
      drain.turn(TURN_MILLIS);
      if (heard.cardinality() > count) {
        count = heard.cardinality();
        at = System.nanoTime();
      }
    }
    try {
      var _ = calling.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot connect", e.getCause());
    }
    return at;
  }
}
