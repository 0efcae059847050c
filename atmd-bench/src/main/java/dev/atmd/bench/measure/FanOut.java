package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.PubSub;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many events reach their subscribers, a second and a second of the server's processors. */
public final class FanOut implements Measurement {
  private static final int SESSIONS = 10;

  /** Updates under way: of a crowd fewer, as each is as many deliveries. */
  private static final int WINDOW = 256;

  private static final int WINDOW_OF_A_CROWD = 64;
  private static final int CROWD = 1_000;
  private static final int SMALLEST_WINDOW = 8;

  /** A peer that loses events gets fewer at a time: what is compared is what was delivered. */
  private final Map<Of, Integer> windows = new EnumMap<>(Of.class);

  @Override
  public void run(Field field, Sizes sizes, Report report)
      throws IOException, InterruptedException {
    for (var subscribers : sizes.fanOuts()) {
      windows.clear();
      Rounds.<PubSub>run(
          sizes.rounds(),
          field.pubSubs(),
          of -> columns(report, of, subscribers),
          (of, system, warmingUp) -> {
            if (warmingUp) {
              warmUp(of, system, subscribers, sizes);
            } else {
              var attempt = attempt(of, system, subscribers, sizes.span(), sizes);
              var columns = columns(report, of, subscribers);
              columns.getFirst().add(attempt.flow.deliveriesPerSecond(), attempt.lost);
              columns.getLast().add(attempt.perCpuSecond(), attempt.lost);
            }
          });
    }
  }

  private static List<Column> columns(Report report, Of of, int subscribers) {
    var name = "fan-out to " + subscribers;
    return List.of(
        Column.more(report, name, "1/s", of),
        Column.more(report, name + ", of server CPU", "1/cpu-s", of));
  }

  private void warmUp(Of of, PubSub system, int subscribers, Sizes sizes) throws IOException {
    while (attempt(of, system, subscribers, sizes.settling(), sizes).lost > 0
        && of == Of.AGAINST
        && window(of, subscribers) > SMALLEST_WINDOW) {
      windows.put(of, window(of, subscribers) / 2);
    }
  }

  private int window(Of of, int subscribers) {
    return windows.getOrDefault(of, subscribers < CROWD ? WINDOW : WINDOW_OF_A_CROWD);
  }

  private record Attempt(ClosedLoop.Flow flow, long cpuNanos, long lost) {
    double perCpuSecond() {
      return flow.deliveries() * 1e9 / cpuNanos;
    }
  }

  private Attempt attempt(Of of, PubSub system, int subscribers, Duration span, Sizes sizes)
      throws IOException {
    try (var topic = system.topic(SESSIONS);
        var drain = new Drain()) {
      var audience = Audience.of(subscribers, topic, drain);
      var loop = new ClosedLoop(topic, drain, audience, window(of, subscribers), sizes.silence());
      var cpu = Cpu.of(system.process());
      var flow = loop.run(span);
      var cpuNanos = cpu.nanos();
      var lost = audience.missing(loop.published()) + topic.wrongStates(loop.published());
      return new Attempt(flow, cpuNanos, lost);
    }
  }
}
