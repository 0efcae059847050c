package dev.atmd.server.metrics;

import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.broadcast.BroadcastGauges;
import dev.atmd.server.net.ConnectionGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What comes in over connections, and what goes out to subscribers. Thread-safe. */
final class ConnectionMetrics implements ConnectionGauges, BroadcastGauges {
  private final Meters meters;
  private final AgentReports agents;
  private final AtomicInteger connections = new AtomicInteger();
  private final Counter connected;
  private final Map<Class<?>, Counter> accepted;
  private final Map<Class<?>, Counter> refused;
  private final Map<String, Counter> errors;
  private final Timer ingest;
  private final Counter delivered;
  private final Counter collapsed;
  private final Counter dropped;
  private final Counter lagged;
  private final Counter resumed;

  ConnectionMetrics(Meters meters, InstantSource clock) {
    this.meters = meters;
    agents = new AgentReports(meters.all(), clock);
    meters.gauge("atmd.connections", "Open connections", connections, AtomicInteger::get);
    connected = meters.counter("atmd.connections.accepted", "Connections ever accepted");
    accepted = messages("accepted");
    refused = messages("refused");
    errors =
        Stream.of(ErrorCode.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    ErrorCode::tag,
                    code ->
                        meters.counter(
                            "atmd.errors",
                            "Errors that clients were told of",
                            "code",
                            code.tag())));
    ingest =
        Timer.builder("atmd.ingest")
            .description(
                "From reading what came at a time to handing its last event to the subscribers")
            .serviceLevelObjectives(
                Duration.ofNanos(100_000),
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1))
            .register(meters.all());
    delivered = meters.counter("atmd.events.delivered", "Events times subscribers");
    collapsed =
        meters.counter(
            "atmd.events.collapsed", "Events replaced by a newer one of the same session");
    dropped =
        meters.counter("atmd.events.dropped", "Events dropped for a snapshot to take their place");
    lagged =
        meters.counter(
            "atmd.subscribers.lagged", "Times a subscriber needed a snapshot to catch up");
    resumed =
        meters.counter(
            "atmd.subscribers.resumed", "Subscribers that came back and heard what they missed");
  }

  private Map<Class<?>, Counter> messages(String outcome) {
    return Stream.of(ClientMessage.class.getPermittedSubclasses())
        .collect(
            Collectors.toUnmodifiableMap(
                type -> type,
                type ->
                    meters.counter(
                        "atmd.messages",
                        "Messages understood, by type and outcome",
                        "type",
                        snakeCase(type.getSimpleName()),
                        "outcome",
                        outcome)));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<!^)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @Override
  public void opened() {
    connections.incrementAndGet();
    connected.increment();
  }

  @Override
  public void closed() {
    connections.decrementAndGet();
  }

  @Override
  public void understood(ClientMessage message, boolean isAccepted, int count) {
    agents.count(message, count);
    var counter = (isAccepted ? accepted : refused).get(message.getClass());
    if (counter != null) {
      counter.increment(count);
    }
  }

  @Override
  public void failed(String code) {
    var counter = errors.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void applied(long nanos) {
    ingest.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void delivered(long events) {
    delivered.increment((double) events);
  }

  @Override
  public void collapsed(int events) {
    collapsed.increment(events);
  }

  @Override
  public void overflowed(int events) {
    dropped.increment(events);
    lagged.increment();
  }

  @Override
  public void resumed() {
    resumed.increment();
  }

  @Override
  public String scrape() {
    return meters.scrape();
  }
}
