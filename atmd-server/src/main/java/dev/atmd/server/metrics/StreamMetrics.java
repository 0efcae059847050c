package dev.atmd.server.metrics;

import dev.atmd.server.streams.StreamGauges;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicInteger;

/** What harnesses say that are listened to. Thread-safe. */
final class StreamMetrics implements StreamGauges {
  private final AtomicInteger connected = new AtomicInteger();
  private final Counter events;
  private final Counter malformed;

  StreamMetrics(Meters meters) {
    meters.gauge(
        "atmd.streams.connected", "Harnesses listened to now", connected, AtomicInteger::get);
    events =
        meters.counter("atmd.streams.events", "Events that harnesses sent over their own streams");
    malformed =
        meters.counter("atmd.streams.malformed", "Messages of such streams that were skipped");
  }

  @Override
  public void streamOpened() {
    connected.incrementAndGet();
  }

  @Override
  public void streamClosed() {
    connected.decrementAndGet();
  }

  @Override
  public void streamEvent() {
    events.increment();
  }

  @Override
  public void streamMessageSkipped() {
    malformed.increment();
  }
}
