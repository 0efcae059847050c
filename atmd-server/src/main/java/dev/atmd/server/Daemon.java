package dev.atmd.server;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.OutboxBudget;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.files.OwnDirectory;
import dev.atmd.server.files.PidFile;
import dev.atmd.server.files.SocketFile;
import dev.atmd.server.files.StartException;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running daemon: its files, its threads, and what connects them. Started and closed by one
 * thread; serves until it is closed.
 */
public final class Daemon implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Daemon.class.getName());

  /** File look-ups that may wait; what comes beyond is answered with "unknown". */
  private static final int FILE_QUEUE = 4_096;

  /** One command takes microseconds. */
  private static final Duration REGISTRY_ENDS_WITHIN = Duration.ofMillis(300);

  private final PidFile pidFile;
  private final SocketFile socket;
  private final Registry registry;

  /** Null if nothing is to be kept. */
  private final @Nullable Store store;

  private final Historian historian;
  private final Notifier notifier;

  private final SocketServer server;
  private final ScheduledExecutorService housekeeping;
  private final ExecutorService files;
  private final Spool spool;
  private final Streams streams;

  /** Null if none is served. */
  private final @Nullable WebServer web;

  /** Null if metrics are sent nowhere. */
  private final @Nullable OtlpExport export;

  private final CountDownLatch closed = new CountDownLatch(1);

  private Daemon(
      PidFile pidFile,
      SocketFile socket,
      Registry registry,
      @Nullable Store store,
      Historian historian,
      Notifier notifier,
      SocketServer server,
      ScheduledExecutorService housekeeping,
      ExecutorService files,
      Spool spool,
      Streams streams,
      @Nullable WebServer web,
      @Nullable OtlpExport export) {
    this.pidFile = pidFile;
    this.socket = socket;
    this.registry = registry;
    this.store = store;
    this.historian = historian;
    this.notifier = notifier;
    this.server = server;
    this.housekeeping = housekeeping;
    this.files = files;
    this.spool = spool;
    this.streams = streams;
    this.web = web;
    this.export = export;
  }

  /** Starts a daemon; when this returns, clients can connect. */
  public static Daemon start(DaemonConfig config, InstantSource clock)
      throws IOException, StartException {
    WebServer.check(config.web());
    Notifier.check(config.notifications());
    OwnDirectory.makePrivate(config.stateDir(), config.uid());
    var pidFile = PidFile.take(config.pidFile(), config.socket().path());
    try {
      var socket = SocketFile.claim(config.socket(), config.uid());
      try {
        return start(config, clock, pidFile, socket);
      } catch (IOException | StartException | RuntimeException e) {
        socket.close();
        throw e;
      }
    } catch (IOException | StartException | RuntimeException e) {
      pidFile.close();
      throw e;
    }
  }

  private static Daemon start(
      DaemonConfig config, InstantSource clock, PidFile pidFile, SocketFile socket)
      throws IOException, StartException {
    var export = export(config, clock);
    var metrics = new DaemonMetrics(clock, export == null ? null : export.meters());
    if (export != null) {
      metrics.watch(export);
    }
    var census = new SessionCensus();
    metrics.watch(census);
    var procFs = new ProcFs();
    var files = fileThreads(metrics);
    var places = new GitPlaces(procFs, files);
    var epoch = UUID.randomUUID().toString();

    var loops = SocketServer.loops(config.transport(), config.eventLoops());
    var table = new SessionTable(config.registry(), procFs);
    var store = store(config, clock, metrics.store());
    if (store != null) {
      restore(table, store, clock, census);
    }
    var durability = store == null ? Durability.NONE : store;
    var broadcaster =
        new Broadcaster(
            epoch,
            loops.all(),
            config.maxSubscribers(),
            config.connection().outbox(),
            metrics.deliveries());
    var notifier = new Notifier(config.notifications(), clock, metrics.notices());
    var sinks = new ArrayList<EventSink>(List.of(census, broadcaster, new EventLog()));
    if (store != null) {
      sinks.add(store);
    }
    if (config.notifications().isOn()) {
      sinks.add(notifier);
    }
    var registry =
        new Registry(table, clock, new Sinks(sinks), config.mailbox(), metrics.registry());
    var housekeeping = Executors.newSingleThreadScheduledExecutor(named("atmd-housekeeper"));
    var housekeeper =
        new Housekeeper(
            registry, new Liveness(procFs), new Discovery(procFs), places, housekeeping, files);
    var spool =
        new Spool(config.spoolDir(), config.uid(), registry, places, durability, metrics.spool());
    var historian = new Historian(store == null ? null : config.storeFile(), durability, clock);
    var http = new HttpFraming(registry, places, metrics.connections());
    var server =
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
            http,
            metrics.connections());
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

    registry.start();
    notifier.start();
    if (store != null) {
      store.start(registry);
    }
    spool.start();
    try {
      server.bind(socket.unnamed());
      socket.bound();
      pidFile.announce();
    } catch (IOException | RuntimeException e) {
      housekeeping.shutdownNow();
      files.shutdownNow();
      if (store != null) {
        store.close();
      }
      registry.close();
      server.close();
      if (export != null) {
        export.close();
      }
      throw e;
    }
    var parts =
        new WebServer.Parts(
            loops, registry, historian, server.feeds(), files, metrics.web(), clock);
    var web = WebServer.open(config, parts).orElse(null);
    if (web != null) {
      server.announce(web);
    }
    linkLegacyName(config, socket);
    housekeeper.start(config.housekeeping());
    var streams =
        Streams.of(config, loops.all(), registry, places, files, clock, metrics.streams());
    streams.start();
    LOG.log(INFO, "listening at {0} ({1})", socket.path(), config.transport());
    return new Daemon(
        pidFile,
        socket,
        registry,
        store,
        historian,
        notifier,
        server,
        housekeeping,
        files,
        spool,
        streams,
        web,
        export);
  }

  /** Where nothing is sent, nothing that would send is loaded. */
  private static @Nullable OtlpExport export(DaemonConfig config, InstantSource clock)
      throws StartException {
    var url = config.export().collector();
    return url == null ? null : OtlpExport.open(url, config.export(), clock);
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

  /** Where clients connect. */
  public Path socket() {
    return socket.path();
  }

  /** Where a browser can look, logged in; empty if no dashboard is served. */
  public Optional<String> dashboard() {
    return Optional.ofNullable(web).map(WebServer::address);
  }

  /** Waits until the daemon has been closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Closes all connections and gives up the socket; takes well under two seconds. */
  @Override
  public void close() throws IOException {
    LOG.log(INFO, "stopping");
    server.stopAccepting();
    streams.close();
    if (web != null) {
      web.close();
    }
    spool.close();
    housekeeping.shutdownNow();
    files.shutdownNow();
    if (store != null) {
      store.close();
    }
    registry.close();
    // Whoever was told that its event has been applied must hear so before the connection ends.
    awaitEnd(registry);
    server.close();
    historian.close();
    notifier.close();
    if (export != null) {
      export.close();
    }
    socket.close();
    pidFile.close();
    closed.countDown();
  }

  private static void awaitEnd(Registry registry) {
    try {
      registry.awaitEnd(REGISTRY_ENDS_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void linkLegacyName(DaemonConfig config, SocketFile socket) {
    if (!config.socket().isDefault() || !config.legacyLink()) {
      return;
    }
    try {
      if (!socket.linkLegacyName()) {
        LOG.log(
            WARNING, "/tmp/atm.sock is taken: older clients need ATM_SOCKET={0}", socket.path());
      }
    } catch (IOException e) {
      LOG.log(WARNING, "cannot link /tmp/atm.sock: {0}", e.getMessage());
    }
  }

  private static ExecutorService fileThreads(DaemonMetrics metrics) {
    var threads =
        new ThreadPoolExecutor(
            2,
            2,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(FILE_QUEUE),
            named("atmd-files"),
            (_, _) -> {
              metrics.lookupRefused();
              throw new RejectedExecutionException("too many file look-ups");
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().name(name).daemon().factory();
  }
}
