package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.load.StatusLines;
import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.AtmDaemon;
import dev.atmd.bench.system.Intake;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many status lines a second are taken in and applied, while somebody listens. */
public final class Ingest implements Measurement {
  private static final long SILENCE_NANOS = 10_000_000_000L;

  /** Busy reporters, and many that say one thing at a time, as hooks do. */
  private static final List<Load> LOADS = List.of(new Load(4, 64), new Load(50, 1));

  private record Load(int connections, int linesPerWrite) {
    String title() {
      return "ingest, %d connections, %d %s a write"
          .formatted(connections, linesPerWrite, linesPerWrite == 1 ? "line" : "lines");
    }
  }

  @Override
  public void run(Field field, Sizes sizes, Report report)
      throws IOException, InterruptedException {
    for (var load : LOADS) {
      Rounds.<Intake>run(
          sizes.rounds(),
          field.intakes(),
          of -> columns(report, load, of),
          (of, intake, warmingUp) -> {
            var daemon = field.daemons().get(of);
            var columns = warmingUp ? List.<Column>of() : columns(report, load, of);
            var span = warmingUp ? sizes.settling() : sizes.span();
            measure(intake, daemon, load, span, columns);
          });
    }
  }

  private static List<Column> columns(Report report, Load load, Of of) {
    return List.of(
        Column.more(report, load.title(), "1/s", of),
        Column.more(report, load.title() + ", of CPU", "1/cpu-s", of));
  }

  private static void measure(
      Intake intake, @Nullable AtmDaemon daemon, Load load, Duration span, List<Column> columns)
      throws IOException {
    if (daemon == null) {
      try (var drain = new Drain()) {
        measure(intake, new StatusLines(), drain, load, span, columns);
      }
      return;
    }
    try (var topic = daemon.topic(load.connections);
        var drain = new Drain()) {
      var _ = drain.count(topic.subscriber());
      measure(intake, topic.lines(), drain, load, span, columns);
    }
  }

  private static void measure(
      Intake intake, StatusLines lines, Drain drain, Load load, Duration span, List<Column> columns)
      throws IOException {
    var reporters = new ArrayList<Reporter>();
    for (var i = 0; i < load.connections; i++) {
      reporters.add(new Reporter(intake, lines, drain, i, load.linesPerWrite));
    }
    var cpu = Cpu.of(intake.process());
    var start = System.nanoTime();
    send(reporters, drain, start + span.toNanos());
    var nanos = ask(reporters, drain) - start;
    var cpuNanos = cpu.nanos();
    var sent = 0;
    var missing = 0L;
    for (var reporter : reporters) {
      sent += reporter.sent();
      missing += reporter.missing();
    }
    if (!columns.isEmpty()) {
      columns.getFirst().add(sent * 1e9 / nanos, missing);
      columns.getLast().add(sent * 1e9 / cpuNanos, missing);
    }
  }

  private static void send(List<Reporter> reporters, Drain drain, long until) throws IOException {
    while (System.nanoTime() < until) {
      var wrote = false;
      for (var reporter : reporters) {
        wrote |= reporter.send();
      }
      drain.turn(wrote ? 0 : 1);
    }
  }

  /** Answers when the last of them has been answered. */
  private static long ask(List<Reporter> reporters, Drain drain) throws IOException {
    var deadline = System.nanoTime() + SILENCE_NANOS;
    while (!reporters.stream().allMatch(Reporter::isAnswered) && System.nanoTime() < deadline) {
      for (var reporter : reporters) {
        reporter.ask();
      }
      drain.turn(1);
    }
    return System.nanoTime();
  }
}
