package dev.atmd.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryLimits;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.protocol.frame.FrameBudget;
import dev.atmd.server.broadcast.OutboxBudget;
import dev.atmd.server.http.HttpFramingTest.NoPlaces;
import dev.atmd.server.http.HttpFramingTest.NoSink;
import dev.atmd.server.metrics.DaemonMetrics;
import dev.atmd.server.net.ConnectionLimits;
import dev.atmd.server.process.ProcFs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Any bytes on a connection that speaks HTTP: what is said is HTTP, and nothing is left behind. */
class HttpFuzzTest {
  private static final int MAX_BYTES = 512;
  private static final DaemonMetrics METRICS = new DaemonMetrics(InstantSource.system());

  /** The first byte says how large the pieces are. */
  @FuzzTest(maxDuration = "10m")
  void answersAnyBytesInAnyPieces(byte[] input) {
    if (input.length < 2) {
      return;
    }
    var piece = 1 + (input[0] & 0xFF);
    var budget = new FrameBudget(4L * MAX_BYTES);
    var channel = channel(budget);

    for (var from = 1; from < input.length && channel.isActive(); from += piece) {
      var count = Math.min(piece, input.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(input, from, count));
    }
    channel.runPendingTasks();

    var said = said(channel);
    assertThat(said.isEmpty() || said.startsWith("HTTP/1.1 ")).as(said).isTrue();
    channel.finishAndReleaseAll();
    assertThat(budget.taken()).isZero();
  }

  private static EmbeddedChannel channel(FrameBudget budget) {
    var registry =
        new Registry(
            new SessionTable(RegistryLimits.DEFAULT, new ProcFs()),
            InstantSource.fixed(Instant.EPOCH),
            new NoSink(),
            1_000,
            METRICS.registry());
    var second = Duration.ofSeconds(1);
    var outbox = new OutboxBudget.Limits(10, MAX_BYTES, MAX_BYTES);
    var limits = new ConnectionLimits(MAX_BYTES, 10, 10, outbox, second, second, second);
    var channel = new EmbeddedChannel();
    new HttpFraming(registry, new NoPlaces(), METRICS.connections())
        .install(channel, limits, budget);
    return channel;
  }

  private static String said(EmbeddedChannel channel) {
    var said = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      said.append(next.toString(StandardCharsets.UTF_8));
      next.release();
    }
    return said.toString();
  }
}
