package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.AtmDaemon;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What an update costs the daemon with few sessions and with many, for one subscriber and for many,
 * and what sessions and subscribers cost it in memory.
 */
public final class Scale implements Measurement {
  private static final int FEW = 100;
  private static final int CROWD = 100;
  private static final int WINDOW = 256;
  private static final int WINDOW_OF_A_CROWD = 64;
  private static final double KIBIBYTE = 1 << 10;
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public void run(Field field, Sizes sizes, Report report) throws InterruptedException {
    for (var subscribers : List.of(1, sizes.subscribers())) {
      // Filling a registry takes long, so the rounds are inside, and who cannot is left out.
      Rounds.<AtmDaemon>run(
          0,
          field.daemons(),
          of -> List.of(cost(report, of, sizes.sessions(), subscribers)),
          (of, daemon, _) -> measure(of, daemon, subscribers, sizes, report));
    }
  }

  private static Column cost(Report report, Of of, int sessions, int subscribers) {
    var name = "update, %,d sessions, %,d subscribers".formatted(sessions, subscribers);
    return Column.less(report, name, "cpu-us", of);
  }

  private static void measure(Of of, AtmDaemon daemon, int subscribers, Sizes sizes, Report report)
      throws IOException {
    var process = daemon.process();
    try (var topic = daemon.topic(Math.min(FEW, sizes.sessions()));
        var drain = new Drain()) {
      var alone = process.residentBytes();
      var audience = Audience.of(subscribers, topic, drain);
      var attached = process.residentBytes();
      var window = subscribers < CROWD ? WINDOW : WINDOW_OF_A_CROWD;
      var loop = new ClosedLoop(topic, drain, audience, window, sizes.silence());
      var few =
          costs(
              daemon, loop, sizes, cost(report, of, Math.min(FEW, sizes.sessions()), subscribers));
      var before = process.residentBytes();
      topic.spread(sizes.sessions());
      loop.run(sizes.sessions());
      var full = process.residentBytes();
      var many = costs(daemon, loop, sizes, cost(report, of, sizes.sessions(), subscribers));
      var lost = audience.missing(loop.published()) + topic.wrongStates(loop.published());
      var title = "%,d sessions, %,d subscribers".formatted(sizes.sessions(), subscribers);
      Column.less(report, title + ", cost to that of few", "", of).add(many / few, lost);
      Column.less(report, title + ", resident", "MiB", of).add(full / MEBIBYTE, lost);
      if (lost > 0) {
        return; // Memory is of sessions that are there.
      }
      if (subscribers == 1) {
        Column.less(report, "memory of a session", "KiB", of)
            .add((full - before) / KIBIBYTE / sizes.sessions(), 0);
      } else {
        Column.less(report, "memory of a subscriber", "KiB", of)
            .add((attached - alone) / KIBIBYTE / subscribers, 0);
      }
    }
  }

  /** Answers the median; the first round warms up. */
  private static double costs(AtmDaemon daemon, ClosedLoop loop, Sizes sizes, Column column)
      throws IOException {
    var values = new double[sizes.rounds()];
    var _ = loop.run(sizes.settling());
    for (var round = 0; round < values.length; round++) {
      var cpu = Cpu.of(daemon.process());
      var flow = loop.run(sizes.span());
      values[round] = cpu.nanos() / 1e3 / flow.updates();
      column.add(values[round], 0);
    }
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
