package dev.atmd.server;

import static java.lang.System.Logger.Level.INFO;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.OutboxBudget;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.git.GitPlaces;
import dev.atmd.server.http.HttpFraming;
import dev.atmd.server.metrics.DaemonMetrics;
import dev.atmd.server.metrics.SessionCensus;
import dev.atmd.server.net.SocketServer;
import dev.atmd.server.notify.Notifier;
import dev.atmd.server.otlp.OtlpExport;
import dev.atmd.server.process.Discovery;
import dev.atmd.server.process.Liveness;
import dev.atmd.server.process.ProcFs;
import dev.atmd.server.spool.Spool;
import dev.atmd.server.store.Durability;
import dev.atmd.server.store.Historian;
import dev.atmd.server.store.Redaction;
import dev.atmd.server.store.Store;
import dev.atmd.server.store.StoreGauges;
import dev.atmd.server.streams.Streams;
import dev.atmd.server.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a daemon and what connects them: made all at once, then started one after the other.
 * Made and started by one thread, which hands over to theirs.
 */
final class Assembly {
  private static final System.Logger LOG = System.getLogger(Assembly.class.getName());

  /** One command takes microseconds. */
  private static final Duration REGISTRY_ENDS_WITHIN = Duration.ofMillis(300);

  private final DaemonConfig config;
  private final InstantSource clock;
  private final DaemonMetrics metrics;
  private final ExecutorService files;
  private final GitPlaces places;
  private final SocketServer.Loops loops;

  /** Null if nothing is to be kept. */
  private final @Nullable Store store;

  private final Historian historian;
  private final Notifier notifier;
  private final Registry registry;
  private final ScheduledExecutorService housekeeping;
  private final Housekeeper housekeeper;
  private final Spool spool;
  private final SocketServer server;

  /**
   * @param export null if metrics are sent nowhere
   */
  Assembly(DaemonConfig config, InstantSource clock, @Nullable OtlpExport export) {
    this.config = config;
    this.clock = clock;
    metrics = new DaemonMetrics(clock, export == null ? null : export.meters());
    if (export != null) {
      metrics.watch(export);
    }
    var census = new SessionCensus();
    metrics.watch(census);
    var procFs = new ProcFs();
    files = FileThreads.start(metrics::lookupRefused);
    places = new GitPlaces(procFs, files);

    loops = SocketServer.loops(config.transport(), config.eventLoops());
    var table = new SessionTable(config.registry(), procFs);
    store = store(config, clock, metrics.store());
    if (store != null) {
      restore(table, store, clock, census);
    }
    var durability = store == null ? Durability.NONE : store;
    historian = new Historian(store == null ? null : config.storeFile(), durability, clock);
    var broadcaster =
        new Broadcaster(
            UUID.randomUUID().toString(),
            loops.all(),
            config.maxSubscribers(),
            config.connection().outbox(),
            metrics.deliveries());
    notifier = new Notifier(config.notifications(), clock, metrics.notices());
    var sinks = new ArrayList<EventSink>(List.of(census, broadcaster, new EventLog()));
    if (store != null) {
      sinks.add(store);
    }
    if (config.notifications().isOn()) {
      sinks.add(notifier);
    }
    registry = new Registry(table, clock, new Sinks(sinks), config.mailbox(), metrics.registry());
    housekeeping =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("atmd-housekeeper").daemon().factory());
    housekeeper =
        new Housekeeper(
            registry, new Liveness(procFs), new Discovery(procFs), places, housekeeping, files);
    spool =
        new Spool(config.spoolDir(), config.uid(), registry, places, durability, metrics.spool());
    server =
        new SocketServer(
            config,
            loops,
            registry,
            broadcaster,
            durability,
            historian,
            notifier,
            places,
            housekeeper,
            new HttpFraming(registry, places, metrics.connections()),
            metrics.connections());
    measure(broadcaster);
  }

  private static @Nullable Store store(
      DaemonConfig config, InstantSource clock, StoreGauges gauges) {
    return config.store().enabled()
        ? new Store(
            config.storeFile(),
            config.store(),
            new Redaction(config.store().redact()),
            config.registry().rememberedEvents(),
            clock,
            gauges)
        : null;
  }

  /** What has died since is told of as well: it has been there. */
  private static void restore(
      SessionTable table, Store store, InstantSource clock, SessionCensus census) {
    table.restore(store.restore(), clock.instant()).forEach(census::accept);
    if (table.size() > 0) {
      LOG.log(INFO, "going on with {0} sessions", table.size());
    }
  }

  /** What is looked at when the metrics are read, and not counted before. */
  private void measure(Broadcaster broadcaster) {
    metrics.gauge("atmd.subscribers", "Subscribers", broadcaster, Broadcaster::subscribers);
    metrics.gauge(
        "atmd.outboxes.bytes",
        "Bytes of events that wait for anybody",
        broadcaster.budget(),
        OutboxBudget::bytes);
    if (store != null) {
      metrics.gauge(
          "atmd.store.trouble",
          "Whether nothing can be written to the store",
          store,
          kept -> kept.trouble().isPresent() ? 1 : 0);
    }
    metrics.gauge("atmd.registry.mailbox", "Commands waiting", registry, Registry::queued);
    metrics.gauge("atmd.spool.bytes", "Bytes that wait in the spool", spool, Spool::waitingBytes);
    metrics.gauge("atmd.spool.dropped", "Events no spool had room for", spool, Spool::dropped);
  }

  /** Starts all that has to work when the first client comes, and lets clients in. */
  void open(Path socket, Ending ending) {
    ending.beginWith(notifier::close);
    ending.beginWith(historian::close);
    ending.beginWith(server::close);
    ending.beginWith(this::endRegistry);
    registry.start();
    notifier.start();
    if (store != null) {
      ending.beginWith(store::close);
      store.start(registry);
    }
    ending.beginWith(files::shutdownNow);
    ending.beginWith(housekeeping::shutdownNow);
    ending.beginWith(spool::close);
    spool.start();
    server.bind(socket);
  }

  /** Starts what can come after that. */
  Optional<WebServer> goOn(Ending ending) {
    var lent =
        new WebServer.Parts(
            loops, registry, historian, server.feeds(), files, metrics.web(), clock);
    var web = WebServer.open(config, lent);
    web.ifPresent(one -> {
      ending.beginWith(one::close);
      server.announce(one);
    });
    housekeeper.start(config.housekeeping());
    var streams =
        Streams.of(config, loops.all(), registry, places, files, clock, metrics.streams());
    ending.beginWith(streams::close);
    streams.start();
    ending.beginWith(server::stopAccepting);
    return web;
  }

  /** Whoever was told that its event has been applied must hear so before the connection ends. */
  private void endRegistry() {
    registry.close();
    try {
      registry.awaitEnd(REGISTRY_ENDS_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
