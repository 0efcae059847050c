package dev.atmd.server.spool;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Refusal;
import dev.atmd.core.registry.Registry;
import dev.atmd.server.net.Places;
import dev.atmd.server.net.Reports;
import dev.atmd.server.spool.SpooledLine.Bad;
import dev.atmd.server.spool.SpooledLine.Event;
import dev.atmd.server.spool.SpooledLine.Meaningless;
import dev.atmd.server.store.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Applies what senders have put down while nobody listened, in the order of their times, each event
 * once: at the start, before anybody can connect, and then whatever comes, on the thread
 * "atmd-spool". A file is deleted only when all in it has been applied; what a daemon that ends has
 * not applied is left to the next.
 */
public final class Spool implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Spool.class.getName());
  private static final long LOOK_EVERY_MILLIS = 1_000;
  private static final long CLOSE_WITHIN_MILLIS = 500;

  private final SpoolFiles files;
  private final Registry registry;
  private final Reports reports;
  private final Durability durability;
  private final SpoolGauges gauges;

  /** Applied, and deleted a round later: a daemon that fails as it starts must not lose them. */
  private final List<ReadFile> done = new ArrayList<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("atmd-spool").daemon().factory());

  public Spool(
      Path directory,
      long uid,
      Registry registry,
      Places places,
      Durability durability,
      SpoolGauges gauges) {
    this.files = new SpoolFiles(directory, uid);
    this.registry = registry;
    this.reports = new Reports(places);
    this.durability = durability;
    this.gauges = gauges;
  }

  /** Applies what waits; the registry must run. From now on looks for more. Never fails. */
  public void start() {
    look();
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Bytes that wait. */
  public long waitingBytes() {
    return files.waitingBytes();
  }

  /** Events that found no room. */
  public long dropped() {
    return files.dropped();
  }

  /** Stops looking. To be called before the registry is closed. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (thread.awaitTermination(CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
        discardApplied();
      }
    } catch (IOException e) {
      LOG.log(WARNING, "cannot remove what has been applied: {0}", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      drainGuarded();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A round that fails is logged; the next one comes all the same. */
  private void drainGuarded() throws InterruptedException {
    try {
      if (files.isUsable()) {
        drain();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(WARNING, "draining the spool failed", e);
    }
  }

  private void drain() throws IOException, InterruptedException {
    discardApplied();
    var read = new ArrayList<ReadFile>();
    var events = new ArrayList<Event>();
    for (var file : files.take()) {
      var bytes = files.read(file);
      read.add(new ReadFile(file, bytes.length));
      for (var line : SpooledLine.readAll(bytes)) {
        switch (line) {
          case Event event -> events.add(event);
          case Meaningless _ -> {}
          case Bad(var refused) -> {
            gauges.spoolLineRefused();
            files.refuse(refused.getBytes(StandardCharsets.ISO_8859_1));
          }
        }
      }
    }
    events.sort(Comparator.comparing(Event::at));
    if (apply(events)) {
      awaitSettled();
      done.addAll(read);
    }
  }

  /** What was written to a file since is read again with it; what is known is not applied again. */
  private void discardApplied() throws IOException {
    for (var file : done) {
      files.discard(file.path, file.bytes);
    }
    done.clear();
  }

  private record ReadFile(Path path, long bytes) {}

  /** Answers whether the registry has taken all of them. */
  private boolean apply(List<Event> events) throws InterruptedException {
    var outcomes = new ArrayList<CompletableFuture<Outcome>>();
    for (var event : events) {
      try {
        outcomes.add(registry.ask(event.command().apply(reports).get()));
      } catch (ExecutionException e) {
        throw new IllegalStateException("a look-up failed", e);
      }
    }
    var drained = 0;
    for (var outcome : outcomes) {
      switch (outcome.join()) {
        case Refused(Refusal.Closed _) -> {
          return false;
        }
        case Refused(var refusal) -> {
          LOG.log(WARNING, "an event from the spool was refused: {0}", refusal);
          gauges.spoolLineRefused();
        }
        default -> drained++;
      }
    }
    if (drained > 0) {
      gauges.spooledEventsApplied(drained);
      LOG.log(INFO, "applied {0} events from the spool", drained);
    }
    return true;
  }

  /** Waits until what has been applied is written, or is known not to be. */
  private void awaitSettled() throws InterruptedException {
    var settled = new CompletableFuture<Boolean>();
    durability.settle(settled::complete);
    try {
      var _ = settled.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
