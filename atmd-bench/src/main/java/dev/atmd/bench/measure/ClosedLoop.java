package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.load.Outlet;
import dev.atmd.bench.system.Topic;
import java.io.IOException;
import java.time.Duration;

/**
 * Publishes as fast as the audience gets it: a bounded number of updates is under way, so that who
 * keeps up never has to drop any. Used by the thread that drains.
 */
final class ClosedLoop {
  private static final long TURN_MILLIS = 10;

  /** Updates that are worth a write. */
  private static final int SOME = 8;

  private final Topic topic;
  private final Drain drain;
  private final Audience audience;
  private final Outlet outlet;
  private final int window;
  private final long silenceNanos;

  private int published;

  /** Updates that will not come, and are no longer waited for. */
  private double forgone;

  private double delivered;
  private long deliveredAt;

  /**
   * @param window updates under way at most
   * @param silence after which what has not come is no longer waited for
   */
  ClosedLoop(Topic topic, Drain drain, Audience audience, int window, Duration silence)
      throws IOException {
    this.topic = topic;
    this.drain = drain;
    this.audience = audience;
    this.window = window;
    this.silenceNanos = silence.toNanos();
    this.outlet = drain.outlet(topic.publisher(), window * topic.publicationBytes());
  }

  /**
   * What went through.
   *
   * @param deliveries updates times subscribers that got them
   */
  record Flow(int updates, double deliveries, long nanos) {
    double updatesPerSecond() {
      return updates * 1e9 / nanos;
    }

    double deliveriesPerSecond() {
      return deliveries * 1e9 / nanos;
    }
  }

  /** Publishes for so long, and waits until all has arrived. */
  Flow run(Duration span) throws IOException {
    return run(span, Integer.MAX_VALUE);
  }

  /** Publishes so many, and waits until all have arrived. */
  Flow run(int updates) throws IOException {
    return run(Duration.ofDays(1), updates);
  }

  int published() {
    return published;
  }

  private Flow run(Duration span, int most) throws IOException {
    var first = published;
    var deliveredBefore = audience.delivered();
    var start = System.nanoTime();
    deliveredAt = start;
    while (published - first < most && System.nanoTime() - start < span.toNanos()) {
      publish(most - (published - first));
      turn();
    }
    // One delivery to one subscriber is a small part of an update.
    while (underWay() > 0.5 / audience.size()) {
      turn();
    }
    return new Flow(
        published - first,
        (audience.delivered() - deliveredBefore) * audience.size(),
        Math.max(1, deliveredAt - start));
  }

  /** Publishes when there is room for some, or for the rest. */
  private void publish(int rest) throws IOException {
    var number = (int) Math.min(rest, window - underWay());
    if (number >= Math.min(rest, SOME) && outlet.isEmpty()) {
      var out = outlet.refill();
      for (var i = 0; i < number; i++) {
        topic.put(out, published + i);
      }
      published += number;
      outlet.send();
    }
  }

  private void turn() throws IOException {
    drain.turn(TURN_MILLIS);
    var now = System.nanoTime();
    var sum = audience.delivered();
    if (sum > delivered) {
      delivered = sum;
      deliveredAt = now;
    } else if (now - deliveredAt > silenceNanos) {
      forgone = published - delivered;
    }
  }

  private double underWay() {
    return Math.max(0, published - delivered - forgone);
  }
}
