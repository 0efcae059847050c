package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.AtmDaemon;
import dev.atmd.bench.system.SessionTopic;
import java.io.IOException;
import java.util.List;

/**
 * One subscriber that reads nothing and one that reads very slowly, among many: what the others
 * notice, and what it costs the daemon. Both are woken in the end and must come to the right state.
 */
public final class Frozen implements Measurement {
  private static final int SESSIONS = 20;

  /** The frozen one and the slow one. */
  private static final int LATE = 2;

  private static final int WINDOW = 128;
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public void run(Field field, Sizes sizes, Report report) throws InterruptedException {
    Rounds.<AtmDaemon>run(
        sizes.rounds(),
        field.daemons(),
        of -> columns(report, of, sizes),
        (of, daemon, warmingUp) -> {
          var calm = calm(daemon, sizes);
          var disturbed = disturbed(daemon, sizes);
          if (!warmingUp) {
            var columns = columns(report, of, sizes);
            columns.get(0).add(calm.p99Micros, calm.lost);
            columns.get(1).add(disturbed.p99Micros, disturbed.lost);
            columns.get(2).add(disturbed.p99Micros / calm.p99Micros, disturbed.lost);
            columns.get(3).add(disturbed.gainedBytes / MEBIBYTE, disturbed.lost);
          }
        });
  }

  private static List<Column> columns(Report report, Of of, Sizes sizes) {
    var who =
        "%d of %d at %,d/s".formatted(sizes.crowd() - LATE, sizes.crowd(), sizes.crowdPerSecond());
    return List.of(
        Column.less(report, who + ", p99", "us", of),
        Column.less(report, who + ", p99, 1 frozen, 1 slow", "us", of),
        Column.less(report, who + ", p99 with to without", "", of),
        Column.less(report, who + ", memory gained", "MiB", of));
  }

  private record Seen(double p99Micros, long lost, long gainedBytes) {}

  private static Seen calm(AtmDaemon daemon, Sizes sizes) throws IOException, InterruptedException {
    try (var topic = daemon.topic(SESSIONS);
        var drain = new Drain()) {
      return measure(daemon, topic, drain, LATE, sizes);
    }
  }

  private static Seen disturbed(AtmDaemon daemon, Sizes sizes)
      throws IOException, InterruptedException {
    try (var topic = daemon.topic(SESSIONS);
        var drain = new Drain();
        var frozen = LateReader.frozen(topic);
        var slow = LateReader.slow(topic)) {
      var others = measure(daemon, topic, drain, 0, sizes);
      var updates = sizes.flood() + openUpdates(sizes);
      var wrong = frozen.wake(updates, sizes.silence()) + slow.wake(updates, sizes.silence());
      return new Seen(others.p99Micros, others.lost + wrong, others.gainedBytes);
    }
  }

  /** What the attentive ones see, of whom there are as many whoever else there is. */
  private static Seen measure(
      AtmDaemon daemon, SessionTopic topic, Drain drain, int companions, Sizes sizes)
      throws IOException, InterruptedException {
    var before = daemon.process().residentBytes();
    var lateness = new Lateness();
    var audience = new Audience(topic, drain);
    audience.joinAttentive(sizes.crowd() - LATE, lateness);
    audience.joinCounting(companions);
    new ClosedLoop(topic, drain, audience, WINDOW, sizes.silence()).run(sizes.flood());
    var end =
        new OpenLoop(topic, drain, audience, lateness, sizes.silence())
            .run(sizes.flood(), sizes.crowdPerSecond(), sizes.openSpan());
    var lost = audience.missing(end) + topic.wrongStates(end);
    return new Seen(lateness.micros(99), lost, daemon.process().residentBytes() - before);
  }

  private static int openUpdates(Sizes sizes) {
    return (int) (sizes.openSpan().toNanos() / (1_000_000_000L / sizes.crowdPerSecond()));
  }
}
