package dev.atmd.bench.micro;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.RegistryCommand.ApplyStatus;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.core.session.Session;
import dev.atmd.protocol.json.ClientMessageReader;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One status line on its way in, through and out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
  private static final int LINES = 1_024;
  private static final int SESSIONS = 64;
  private static final String EPOCH = "5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11";

  private final Instant start = Instant.parse("2026-11-21T06:34:46.964637879Z");
  private final SessionTable table = Samples.table();
  private List<byte[]> lines = List.of();
  private List<ApplyStatus> commands = List.of();
  private List<Session> sessions = List.of();
  private int next;

  @Setup
  public void prepare() {
    lines = Samples.lines(LINES, SESSIONS);
    commands = Samples.commands(LINES, SESSIONS);
    sessions = commands.stream().map(command -> changed(table.apply(command, start))).toList();
  }

  @Benchmark
  public ClientLine decode() {
    var line = lines.get(next++ % LINES);
    return ClientMessageReader.read(line, line.length - 1);
  }

  @Benchmark
  public Outcome apply() {
    return table.apply(commands.get(next++ % LINES), start.plusNanos(next));
  }

  @Benchmark
  public byte[] encode() {
    var session = sessions.get(next++ % LINES);
    var view = SessionView.of(session, session.lastActivity());
    return DaemonMessageWriter.line(new SessionUpdated(view, next, EPOCH));
  }

  static Session changed(Outcome outcome) {
    if (outcome instanceof Applied(var events) && events.size() == 1) {
      return session(events.getFirst());
    }
    throw new IllegalStateException("not one change: " + outcome);
  }

  private static Session session(SessionEvent event) {
    return switch (event) {
      case Registered(_, var session) -> session;
      case Updated(_, var session) -> session;
      case Removed removed -> throw new IllegalStateException("removed: " + removed);
    };
  }
}
