package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.load.Wire;
import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.PubSub;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From the time an update should be sent to the time a subscriber has it, at a fixed rate. */
public final class Latency implements Measurement {
  private static final int SESSIONS = 50;

  @Override
  public void run(Field field, Sizes sizes, Report report)
      throws IOException, InterruptedException {
    for (var frozen : new int[] {0, 1}) {
      Rounds.<PubSub>run(
          sizes.rounds(),
          field.pubSubs(),
          of -> columns(report, of, sizes, frozen),
          (of, system, warmingUp) -> {
            var columns = warmingUp ? List.<Column>of() : columns(report, of, sizes, frozen);
            var span = warmingUp ? sizes.settling() : sizes.openSpan();
            attempt(system, sizes, span, frozen, columns);
          });
    }
  }

  /** In the order of {@link #note}. */
  private static List<Column> columns(Report report, Of of, Sizes sizes, int frozen) {
    var name =
        "latency at %,d/s to %d%s, "
            .formatted(
                sizes.updatesPerSecond(), sizes.listeners(), frozen == 0 ? "" : " and 1 frozen");
    var columns = new ArrayList<Column>();
    for (var title : List.of("p50", "p99", "p99.9", "max")) {
      columns.add(Column.less(report, name + title, "us", of));
    }
    return columns;
  }

  private static void attempt(
      PubSub system, Sizes sizes, Duration span, int frozen, List<Column> columns)
      throws IOException, InterruptedException {
    var asleep = new ArrayList<Wire>();
    try (var topic = system.topic(SESSIONS);
        var drain = new Drain()) {
      for (var i = 0; i < frozen; i++) {
        asleep.add(topic.subscriber());
      }
      var lateness = new Lateness();
      var audience = new Audience(topic, drain);
      audience.joinAttentive(sizes.listeners(), lateness);
      var end =
          new OpenLoop(topic, drain, audience, lateness, sizes.silence())
              .run(0, sizes.updatesPerSecond(), span);
      note(columns, lateness, audience.missing(end) + topic.wrongStates(end));
    } finally {
      for (var wire : asleep) {
        wire.close();
      }
    }
  }

  private static void note(List<Column> columns, Lateness lateness, long lost) {
    var percentiles = new double[] {50, 99, 99.9, 100};
    for (var i = 0; i < columns.size(); i++) {
      columns.get(i).add(lateness.micros(percentiles[i]), lost);
    }
  }
}
