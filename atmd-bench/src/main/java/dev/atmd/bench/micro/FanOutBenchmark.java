package dev.atmd.bench.micro;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.Outbox;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An event on its way to many subscribers whose sockets take everything at no cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanOutBenchmark {
  /** Events that gather while the registry works. */
  private static final int BATCH = 16;

  private static final int OUTBOX_EVENTS = 16_384;

  @Param({"1", "10", "100", "1000"})
  private int subscribers;

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final List<SessionEvent> events = new ArrayList<>();
  private final Broadcaster broadcaster =
      new Broadcaster("epoch", List.of(loop.eventLoop()), Integer.MAX_VALUE, _ -> {});

  @Setup
  public void prepare() {
    var now = Instant.parse("2026-11-21T06:34:46.964637879Z");
    var table = Samples.table();
    for (var command : Samples.commands(BATCH, BATCH)) {
      if (table.apply(command, now) instanceof Applied(var applied)) {
        events.addAll(applied);
      }
    }
    var lane = broadcaster.lane(loop.eventLoop());
    for (var i = 0; i < subscribers; i++) {
      var _ = broadcaster.join();
      var outbox = new Outbox(new EmbeddedChannel(new Sink()), OUTBOX_EVENTS, new Nobody());
      lane.begin(lane.subscriber(outbox, SessionFilter.ALL), new Snapshot(0, now, List.of()));
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Channel fanOut() {
    events.forEach(broadcaster::accept);
    broadcaster.endOfBatch();
    loop.runPendingTasks();
    return loop;
  }

  /** The socket that takes everything. */
  private static final class Sink extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      promise.setSuccess();
    }
  }

  /** The owner of an outbox that always keeps up. */
  private static final class Nobody implements Outbox.Owner {
    @Override
    public void collapsed(int number) {
      throw new IllegalStateException("collapsed " + number);
    }

    @Override
    public void overflowed(int number) {
      throw new IllegalStateException("overflowed by " + number);
    }

    @Override
    public void blocked() {
      throw new IllegalStateException("blocked");
    }

    @Override
    public void drained() {
      // It always is.
    }
  }
}
