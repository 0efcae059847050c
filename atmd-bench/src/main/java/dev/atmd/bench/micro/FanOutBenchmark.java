package dev.atmd.bench.micro;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.Session;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.Outbox;
import dev.atmd.server.broadcast.OutboxBudget;
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

  private static final OutboxBudget.Limits OUTBOXES =
      new OutboxBudget.Limits(16_384, Long.MAX_VALUE, Long.MAX_VALUE);

  @Param({"1", "10", "100", "1000"})
  private int subscribers;

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final List<Session> sessions = new ArrayList<>();
  private final Broadcaster broadcaster =
      new Broadcaster("epoch", List.of(loop.eventLoop()), Integer.MAX_VALUE, OUTBOXES, _ -> {});
  private long seq;

  @Setup
  public void prepare() {
    var now = Instant.parse("2026-11-21T06:34:46.964637879Z");
    var table = Samples.table();
    for (var command : Samples.commands(BATCH, BATCH)) {
      if (table.apply(command, now) instanceof Applied(var applied)) {
        applied.stream().map(FanOutBenchmark::session).forEach(sessions::add);
      }
    }
    var lane = broadcaster.lane(loop.eventLoop());
    for (var i = 0; i < subscribers; i++) {
      var _ = broadcaster.join(Detail.FULL);
      var outbox = new Outbox(new EmbeddedChannel(new Sink()), broadcaster.budget(), new Nobody());
      lane.begin(
          lane.subscriber(outbox, SubscribeRequest.ALL, false), new Snapshot(0, now, List.of()));
    }
  }

  private static Session session(SessionEvent event) {
    return switch (event) {
      case Registered(_, var session) -> session;
      case Updated(_, var session) -> session;
      case Removed removed -> throw new IllegalStateException("nothing goes here: " + removed);
    };
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Channel fanOut() {
    sessions.forEach(session -> broadcaster.accept(new Updated(++seq, session)));
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
