package dev.atmd.server.metrics;

import dev.atmd.core.session.Harness;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What each harness has reported, when it last did, and what of it nobody knows: that is how a new
 * version of a harness is noticed. Thread-safe.
 */
final class AgentReports {
  /** Names come from payloads, so there is an end to how many are told apart. */
  private static final int MAX_NAMES = 200;

  private static final int MAX_NAME_CHARS = 64;
  private static final String OTHER = "other";

  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<Harness, Heard> heard = new ConcurrentHashMap<>();
  private final Map<Strange, Counter> strange = new ConcurrentHashMap<>();

  /** A harness that has reported. */
  private record Heard(Counter events, AtomicLong lastSeconds) {}

  private record Strange(String meter, Harness harness, String name) {}

  AgentReports(MeterRegistry meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
  }

  void count(ClientMessage message) {
    switch (message) {
      case StatusUpdate(var report, _) -> count(report.harness());
      case LifecycleUpdate(var report, _) -> {
        count(report.harness());
        for (var field : report.details().strangeFields()) {
          countStrange("atmd.agent.unknown.fields", report.harness(), field);
        }
      }
      case Ignored(var event, var harness) when harness != null -> {
        count(harness);
        countStrange("atmd.agent.unknown.events", harness, event);
      }
      default -> {}
    }
  }

  private void count(Harness harness) {
    var known = heard.computeIfAbsent(harness, this::register);
    known.events.increment();
    known.lastSeconds.setRelease(clock.millis() / 1_000);
  }

  private Heard register(Harness harness) {
    var tags = Tags.of("harness", harness.tag());
    var seconds = new AtomicLong();
    Gauge.builder("atmd.agent.last.event", seconds, AtomicLong::get)
        .description("When a harness last reported, in seconds since 1970")
        .baseUnit("seconds")
        .tags(tags)
        .register(meters);
    return new Heard(
        Counter.builder("atmd.agent.events")
            .description("Reports by harness")
            .tags(tags)
            .register(meters),
        seconds);
  }

  private void countStrange(String meter, Harness harness, String name) {
    var short64 = name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS);
    var known = new Strange(meter, harness, TerminalText.neutral(short64));
    var key =
        strange.containsKey(known) || strange.size() < MAX_NAMES
            ? known
            : new Strange(meter, harness, OTHER);
    strange.computeIfAbsent(key, this::register).increment();
  }

  private Counter register(Strange what) {
    return Counter.builder(what.meter)
        .description("Names in payloads that no harness is known to use")
        .tags(Tags.of("harness", what.harness.tag(), "name", what.name))
        .register(meters);
  }
}
