package dev.atmd.server.store;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.atmd.core.registry.ChangeSet;
import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.Memory;
import dev.atmd.core.registry.Outcome.Changed;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryCommand.TakeChanges;
import dev.atmd.core.registry.SessionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what changes in the registry, on a thread of its own, "atmd-store": the changes of a
 * moment in one transaction, at once when somebody waits for it. While the disk fails the daemon
 * goes on from memory; what could not be written is tried again, and the registry gathers what
 * comes after it.
 *
 * <p>{@link #restore} comes before {@link #start}, on the thread that starts the daemon.
 */
public final class Store implements EventSink, Durability, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Store.class.getName());

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** So much longer than it has worked it rests, so that it takes a tenth of a processor. */
  private static final int RESTS_PER_WORK = 9;

  /** The last changes of an orderly stop are written within this time, or not at all. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Duration window;
  private final StoreGauges gauges;
  private final StoreWriter writer;
  private final Thread thread = Thread.ofPlatform().name("atmd-store").unstarted(this::run);

  /** One permit at least for whatever there is to do. */
  private final Semaphore work = new Semaphore(0);

  private final AtomicBoolean changed = new AtomicBoolean();
  private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

  /** Set once, before the thread starts that uses it. */
  private @Nullable Registry registry;

  /** Read by the store's thread; set when the daemon stops. */
  private volatile boolean closing;

  /** Read by whoever asks how the store is; null while all is well. */
  private volatile @Nullable String trouble;

  /** Read by whoever wants to wait; set when nobody is there to be waited for. */
  private volatile boolean ended;

  /** What has been taken from the registry and is not written yet. */
  private @Nullable ChangeSet unwritten;

  private Duration pause = FIRST_PAUSE;

  /** After the round that was last. */
  private Duration rest = Duration.ZERO;

  /**
   * @param redaction what becomes of each text that is written
   */
  public Store(
      Path file,
      StoreConfig config,
      UnaryOperator<String> redaction,
      int rememberedEvents,
      InstantSource clock,
      StoreGauges gauges) {
    this.clock = clock;
    this.window = config.window();
    this.gauges = gauges;
    this.writer =
        new StoreWriter(new Database(file), config, redaction, rememberedEvents, BootId.read());
  }

  /** What an earlier run has left; nothing if that cannot be read now. */
  public Memory restore() {
    try {
      return writer.restore(clock.instant());
    } catch (SQLException | IOException e) {
      failed(e);
      return Memory.NONE;
    }
  }

  /** Begins to write what changes in this registry. */
  public void start(Registry registry) {
    this.registry = registry;
    // What died meanwhile, or all, has to be written.
    changed.set(true);
    work.release();
    thread.start();
  }

  /** Why nothing can be written now; empty while all is well. Any thread. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void accept(SessionEvent event) {
    if (!changed.get() && changed.compareAndSet(false, true)) {
      work.release();
    }
  }

  @Override
  public void endOfBatch() {}

  @Override
  public void settle(Waiter waiter) {
    if (trouble != null) {
      waiter.settled(false);
      return;
    }
    waiters.add(waiter);
    work.release();
    // It may have ended before it could see who waits.
    if (ended) {
      settleAll(takeWaiters(), false);
    }
  }

  /** Writes what is left, if the disk lets it; the registry must still answer. */
  @Override
  public void close() {
    closing = true;
    work.release();
    try {
      if (!thread.join(ENDS_WITHIN)) {
        LOG.log(WARNING, "the disk is slow: the last changes may not be written");
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        awaitWork();
        round();
      }
      round();
    } catch (InterruptedException _) {
      LOG.log(INFO, "the store was interrupted");
    } finally {
      ended = true;
      settleAll(takeWaiters(), false);
      closeWriter();
    }
  }

  /** Sleeps until there is something to do, and then until it is time to do it. */
  private void awaitWork() throws InterruptedException {
    if (trouble != null) {
      var _ = work.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      work.acquire();
      if (waiters.isEmpty() && !closing) {
        var _ = work.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
    work.drainPermits();
  }

  /** Whoever waits when this begins waits for nothing that is not taken in it. */
  private void round() throws InterruptedException {
    var began = System.nanoTime();
    var waiting = takeWaiters();
    settleAll(waiting, writeChanges());
    rest = restAfter(Duration.ofNanos(System.nanoTime() - began), window);
  }

  /**
   * How long nothing is written that nobody waits for. What changes again meanwhile is written once
   * only, so that many busy sessions cost less often, not more.
   */
  static Duration restAfter(Duration work, Duration window) {
    var rest = Math.min(RESTS_PER_WORK * work.toNanos(), LONGEST_PAUSE.toNanos());
    return Duration.ofNanos(Math.max(rest, window.toNanos()));
  }

  private List<Waiter> takeWaiters() {
    var taken = new ArrayList<Waiter>();
    for (var waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
      taken.add(waiter);
    }
    return taken;
  }

  /** Says whether all that was applied before is written. */
  private boolean writeChanges() throws InterruptedException {
    try {
      if (unwritten != null) {
        write(unwritten);
      }
      changed.set(false);
      var changes = takeChanges();
      if (changes == null) {
        return false;
      }
      gauges.historyLost(changes.lostHistory());
      write(changes);
      recovered();
      tidy();
      return true;
    } catch (SQLException | IOException e) {
      failed(e);
      return false;
    } catch (RuntimeException bug) {
      LOG.log(ERROR, "failed at writing changes", bug);
      giveUp();
      return false;
    }
  }

  /** What meets a bug would meet it again: the sessions are written anew, the history is lost. */
  private void giveUp() {
    var lost = unwritten;
    if (lost != null) {
      gauges.historyLost(lost.history().size());
      unwritten = null;
    }
    writer.outdate();
    changed.set(true);
    work.release();
  }

  /** Null once the registry has ended. */
  private @Nullable ChangeSet takeChanges() throws InterruptedException {
    try {
      var answer = requireNonNull(registry).ask(new TakeChanges(writer.needsEverything())).get();
      return answer instanceof Changed(var changes) ? changes : null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(ChangeSet changes) throws SQLException, IOException {
    unwritten = changes;
    if (!changes.isEmpty()) {
      var began = System.nanoTime();
      writer.write(changes, clock.instant());
      gauges.stored(changes.changed().size(), changes.history().size(), System.nanoTime() - began);
    }
    unwritten = null;
  }

  private void tidy() throws SQLException, IOException {
    if (writer.tidy(clock.instant())) {
      work.release();
    }
  }

  private void failed(Exception failure) {
    gauges.storeFailed();
    if (trouble == null) {
      LOG.log(
          WARNING, "cannot write to the store, going on from memory: {0}", failure.getMessage());
      pause = FIRST_PAUSE;
    } else {
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
    trouble = String.valueOf(failure.getMessage());
  }

  private void recovered() {
    if (trouble != null) {
      LOG.log(INFO, "the store can be written to again");
      trouble = null;
    }
  }

  private static void settleAll(List<Waiter> waiting, boolean durable) {
    for (var waiter : waiting) {
      try {
        waiter.settled(durable);
      } catch (RuntimeException bug) {
        LOG.log(WARNING, "failed at telling that something is kept", bug);
      }
    }
  }

  private void closeWriter() {
    try {
      writer.close();
    } catch (SQLException e) {
      LOG.log(WARNING, "the store did not close cleanly: {0}", e.getMessage());
    }
  }
}
