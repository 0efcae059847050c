package dev.atmd.bench.measure;

import java.time.Duration;
import java.util.List;

/**
 * How much of everything.
 *
 * @param warmUp before anything is measured
 * @param settling of a loop that only warms up: a daemon compiles for each kind of load anew
 * @param silence after which who has sent nothing has nothing left to send
 * @param rounds measured ones; one to warm up comes before
 * @param span of one closed loop
 * @param fanOuts numbers of subscribers
 * @param openSpan of one open loop
 * @param updatesPerSecond of the open loop for latency
 * @param listeners subscribers while latency is measured
 * @param churn connections that come and go
 * @param crowd subscribers among whom one is frozen and one very slow
 * @param flood updates before their latency is measured: more than may wait for a frozen one
 * @param crowdPerSecond updates a second to the crowd
 * @param sessions that a registry is filled with
 * @param subscribers that are attached to it then
 */
public record Sizes(
    Duration warmUp,
    Duration settling,
    Duration silence,
    int rounds,
    Duration span,
    List<Integer> fanOuts,
    Duration openSpan,
    int updatesPerSecond,
    int listeners,
    int churn,
    int crowd,
    int flood,
    int crowdPerSecond,
    int sessions,
    int subscribers) {
  public static final Sizes FULL =
      new Sizes(
          Duration.ofSeconds(8),
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          5,
          Duration.ofMillis(1_500),
          List.of(1, 10, 100, 1_000),
          Duration.ofSeconds(3),
          10_000,
          10,
          5_000,
          100,
          20_000,
          1_000,
          100_000,
          1_000);

  public static final Sizes QUICK =
      new Sizes(
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          1,
          Duration.ofMillis(500),
          List.of(1, 10, 100),
          Duration.ofSeconds(1),
          10_000,
          10,
          1_000,
          20,
          20_000,
          1_000,
          10_000,
          100);

  public Sizes {
    fanOuts = List.copyOf(fanOuts);
  }

  /** The same with another number of rounds, and to other numbers of subscribers. */
  public Sizes with(int otherRounds, List<Integer> otherFanOuts) {
    return new Sizes(
        warmUp,
        settling,
        silence,
        otherRounds,
        span,
        otherFanOuts,
        openSpan,
        updatesPerSecond,
        listeners,
        churn,
        crowd,
        flood,
        crowdPerSecond,
        sessions,
        subscribers);
  }
}
