package dev.atmd.server.metrics;

import dev.atmd.core.registry.RegistryGauges;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.broadcast.BroadcastGauges;
import dev.atmd.server.net.ConnectionGauges;
import dev.atmd.server.notify.NotifyGauges;
import dev.atmd.server.otlp.OtlpExport;
import dev.atmd.server.spool.SpoolGauges;
import dev.atmd.server.store.StoreGauges;
import dev.atmd.server.streams.StreamGauges;
import dev.atmd.server.web.WebGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every meter of the daemon, in one place. Thread-safe; made once, before anything is counted. */
public final class DaemonMetrics extends Meters
    implements ConnectionGauges,
        RegistryGauges,
        BroadcastGauges,
        SpoolGauges,
        StreamGauges,
        StoreGauges,
        NotifyGauges,
        WebGauges {
  private final Map<Class<?>, Counter> accepted;
  private final Map<Class<?>, Counter> refused;
  private final Map<String, Counter> errors;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicLong textBytes = new AtomicLong();
  private final AtomicLong textsShortened = new AtomicLong();
  private final Counter connected =
      counter("atmd.connections.accepted", "Connections ever accepted");
  private final Counter delivered = counter("atmd.events.delivered", "Events times subscribers");
  private final Counter resumed =
      counter("atmd.subscribers.resumed", "Subscribers that came back and heard what they missed");

  private final Counter collapsed =
      counter("atmd.events.collapsed", "Events replaced by a newer one of the same session");
  private final Counter dropped =
      counter("atmd.events.dropped", "Events dropped for a snapshot to take their place");
  private final Counter lagged =
      counter("atmd.subscribers.lagged", "Times a subscriber needed a snapshot to catch up");
  private final Counter commandsFailed =
      counter("atmd.registry.failures", "Commands that met a bug");
  private final Counter mailboxFull =
      counter("atmd.registry.mailbox.full", "Times a connection waited for room in the mailbox");
  private final Counter lookupsRefused =
      counter("atmd.lookups.refused", "File look-ups not made because too many were waiting");
  private final Counter spoolApplied =
      counter("atmd.spool.applied", "Events from the spool that were applied");
  private final Counter spoolRefused =
      counter("atmd.spool.refused", "Lines of the spool that were no event or were not accepted");
  private final Timer stored =
      Timer.builder("atmd.store.commits")
          .description("Commits of the store, with the time they took")
          .register(meters);
  private final Counter storedEntries =
      counter("atmd.store.entries", "Entries of the history that were written");
  private final Counter storeFailures =
      counter("atmd.store.failures", "Commits that failed and are tried again");
  private final Counter historyLost =
      counter("atmd.store.lost", "Entries of the history that there was no room for");
  private final Counter noticesDropped =
      counter("atmd.notifications.dropped", "Changes nobody could be told of: too many at once");
  private final AtomicInteger streams = new AtomicInteger();
  private final Counter streamEvents =
      counter("atmd.streams.events", "Events that harnesses sent over their own streams");
  private final Counter streamMalformed =
      counter("atmd.streams.malformed", "Messages of such streams that were skipped");
  private final Timer ingest =
      Timer.builder("atmd.ingest")
          .description("From reading a report to handing its event to the subscribers")
          .serviceLevelObjectives(
              Duration.ofNanos(100_000),
              Duration.ofMillis(1),
              Duration.ofMillis(10),
              Duration.ofMillis(100),
              Duration.ofSeconds(1))
          .register(meters);

  private final AtomicInteger webConnections = new AtomicInteger();
  private final AtomicInteger webStreams = new AtomicInteger();
  private final Map<Refusal, Counter> webRefused =
      Stream.of(Refusal.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  reason -> reason,
                  reason ->
                      Counter.builder("atmd.web.refused")
                          .description("Whom the dashboard did not serve, by reason")
                          .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                          .register(meters)));

  private final AgentReports agents;

  public DaemonMetrics(InstantSource clock) {
    this(clock, null);
  }

  /**
   * @param exported where everything is counted as well
   */
  public DaemonMetrics(InstantSource clock, @Nullable MeterRegistry exported) {
    super(exported);
    agents = new AgentReports(meters, clock);
    accepted = messages("accepted");
    refused = messages("refused");
    errors =
        Stream.of(ErrorCode.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    ErrorCode::tag,
                    code ->
                        Counter.builder("atmd.errors")
                            .description("Errors that clients were told of")
                            .tag("code", code.tag())
                            .register(meters)));
    gauge("atmd.connections", "Open connections", connections, AtomicInteger::get);
    gauge(
        "atmd.web.connections",
        "Open connections of the dashboard",
        webConnections,
        AtomicInteger::get);
    gauge("atmd.web.streams", "Streams to dashboards", webStreams, AtomicInteger::get);
    gauge("atmd.streams.connected", "Harnesses listened to now", streams, AtomicInteger::get);
    gauge(
        "atmd.registry.texts.bytes",
        "What the texts of all sessions take",
        textBytes,
        AtomicLong::get);
    gauge(
        "atmd.registry.texts.shortened",
        "Sessions that have lost text, or gone, because all of it was too much",
        textsShortened,
        AtomicLong::get);
    gauge("atmd.registry.sessions", "Sessions there are", sessions, AtomicInteger::get);
    gauge("atmd.memory.resident.bytes", "Resident memory", this, _ -> ResidentMemory.bytes());
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
  }

  /** Lets the sessions be counted by status and harness. */
  public void watch(SessionCensus census) {
    for (var status : Status.values()) {
      for (var harness : Harness.values()) {
        Gauge.builder("atmd.sessions", census, counts -> counts.of(status, harness))
            .description("Sessions by status and harness")
            .tags(Tags.of("status", status.tag(), "harness", harness.tag()))
            .register(meters);
      }
    }
  }

  /** Lets it be seen how the exports go. */
  public void watch(OtlpExport export) {
    export.countIn(meters);
  }

  @Override
  public void stored(int sessions, int entries, long nanos) {
    stored.record(nanos, TimeUnit.NANOSECONDS);
    storedEntries.increment(entries);
  }

  @Override
  public void storeFailed() {
    storeFailures.increment();
  }

  @Override
  public void historyLost(long entries) {
    historyLost.increment((double) entries);
  }

  @Override
  public void told(String channel, boolean worked) {
    Counter.builder("atmd.notifications")
        .description("Notifications by channel, and whether they went as they should")
        .tags(Tags.of("channel", channel, "worked", Boolean.toString(worked)))
        .register(meters)
        .increment();
  }

  @Override
  public void noticeDropped() {
    noticesDropped.increment();
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
  public void understood(ClientMessage message, boolean isAccepted) {
    agents.count(message);
    var counter = (isAccepted ? accepted : refused).get(message.getClass());
    if (counter != null) {
      counter.increment();
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
  public void delivered(long events) {
    delivered.increment((double) events);
  }

  @Override
  public void sessions(int count) {
    sessions.setPlain(count);
  }

  @Override
  public void texts(long bytes, long shortened) {
    textBytes.setPlain(bytes);
    textsShortened.setPlain(shortened);
  }

  @Override
  public void commandFailed() {
    commandsFailed.increment();
  }

  @Override
  public void mailboxWasFull() {
    mailboxFull.increment();
  }

  @Override
  public void spooledEventsApplied(int events) {
    spoolApplied.increment(events);
  }

  @Override
  public void spoolLineRefused() {
    spoolRefused.increment();
  }

  @Override
  public void streamOpened() {
    streams.incrementAndGet();
  }

  @Override
  public void streamClosed() {
    streams.decrementAndGet();
  }

  @Override
  public void streamEvent() {
    streamEvents.increment();
  }

  @Override
  public void streamMessageSkipped() {
    streamMalformed.increment();
  }

  @Override
  public void webOpened() {
    webConnections.incrementAndGet();
  }

  @Override
  public void webClosed() {
    webConnections.decrementAndGet();
  }

  @Override
  public void webStreamOpened() {
    webStreams.incrementAndGet();
  }

  @Override
  public void webStreamClosed() {
    webStreams.decrementAndGet();
  }

  @Override
  public void webRefused(Refusal reason) {
    var counter = webRefused.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** A file look-up was not made: the executor had too much to do. */
  public void lookupRefused() {
    lookupsRefused.increment();
  }

  private Map<Class<?>, Counter> messages(String outcome) {
    return Stream.of(ClientMessage.class.getPermittedSubclasses())
        .collect(
            Collectors.toUnmodifiableMap(
                type -> type,
                type ->
                    Counter.builder("atmd.messages")
                        .description("Messages understood, by type and outcome")
                        .tags("type", snakeCase(type.getSimpleName()), "outcome", outcome)
                        .register(meters)));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<!^)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
