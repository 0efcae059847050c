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

  /** So many messages like this one. */
  void count(ClientMessage message, int times) {
    switch (message) {
      case StatusUpdate(var report, _) -> count(report.harness(), times);
      case LifecycleUpdate(var report, _) -> {
        count(report.harness(), times);
        for (var field : report.details().strangeFields()) {
          countStrange("atmd.agent.unknown.fields", report.harness(), field, times);
        }
      }
      case Ignored(var event, var harness) when harness != null -> {
        count(harness, times);
        countStrange("atmd.agent.unknown.events", harness, event, times);
      }
      default -> {}
    }
  }

  private void count(Harness harness, int times) {
    var known = heard.computeIfAbsent(harness, this::register);
    known.events.increment(times);
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

  private void countStrange(String meter, Harness harness, String name, int times) {
    var short64 = name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS);
    var known = new Strange(meter, harness, TerminalText.neutral(short64));
    var key =
        strange.containsKey(known) || strange.size() < MAX_NAMES
            ? known
            : new Strange(meter, harness, OTHER);
    strange.computeIfAbsent(key, this::register).increment(times);
  }

  private Counter register(Strange what) {
    return Counter.builder(what.meter)
        .description("Names in payloads that no harness is known to use")
        .tags(Tags.of("harness", what.harness.tag(), "name", what.name))
        .register(meters);
  }
}
