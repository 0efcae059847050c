package dev.atmd.bench.measure;

import dev.atmd.bench.load.Drain;
import java.io.IOException;

/**
 * Load before anything is measured: a JVM compiles what it does often, and takes seconds for it.
 */
public final class WarmUp implements Measurement {
  private static final int SESSIONS = 50;
  private static final int SUBSCRIBERS = 5;
  private static final int WINDOW = 64;

  @Override
  public void run(Field field, Sizes sizes, Report report) throws IOException {
    for (var daemon : field.daemons().values()) {
      try (var topic = daemon.topic(SESSIONS);
          var drain = new Drain()) {
        var audience = Audience.of(SUBSCRIBERS, topic, drain);
        var _ = new ClosedLoop(topic, drain, audience, WINDOW, sizes.silence()).run(sizes.warmUp());
      }
    }
  }
}
