package dev.atmd.core.registry;

import static java.lang.System.Logger.Level.ERROR;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one owner of the sessions: an actor with a bounded mailbox. For each command: apply, tell the
 * sink, answer the sender. A bug in one command is logged with that command and answered; the next
 * command is served.
 *
 * <p>It is served by one thread at a time, in turns (docs/decisions/0020): by its own,
 * "atmd-registry", or, while that sleeps and there is little to do, by an event loop that has just
 * submitted something. Whoever has the turn owns the table and what the sink keeps.
 *
 * <p>Thread-safe. Commands of one sender are applied in the order in which it submitted them.
 */
public final class Registry implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Registry.class.getName());

  /** How many commands are served before what they caused is sent on. */
  private static final int BATCH = 256;

  /** Up to so many, waking another thread takes longer than applying them. */
  private static final int FEW = 8;

  private static final Refused INTERNAL = new Refused(new Refusal.Internal());
  private static final Refused CLOSED = new Refused(new Refusal.Closed());

  private final SessionTable table;
  private final InstantSource clock;
  private final EventSink sink;
  private final RegistryGauges gauges;
  private final BlockingQueue<Envelope> mailbox;
  private final Queue<Runnable> waitingForRoom = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  /** The commands of this turn. */
  private final List<Envelope> batch = new ArrayList<>(BATCH);

  /** Calls for the registry's thread. */
  private final Semaphore calls = new Semaphore(0);

  private final Thread thread;

  /** Read by every submitting thread; set once, when the registry closes. */
  private volatile boolean closed;

  public Registry(
      SessionTable table,
      InstantSource clock,
      EventSink sink,
      int mailboxCapacity,
      RegistryGauges gauges) {
    this.table = table;
    this.clock = clock;
    this.sink = sink;
    this.gauges = gauges;
    this.mailbox = new ArrayBlockingQueue<>(mailboxCapacity);
    this.thread = Thread.ofPlatform().name("atmd-registry").unstarted(this::run);
  }

  /** Nothing is applied before. */
  public void start() {
    thread.start();
  }

  /**
   * Asks for a command to be applied. Never blocks.
   *
   * @return false if the mailbox is full; nothing happens then, and the sender may come back when
   *     {@link #whenThereIsRoom} calls it
   */
  public boolean submit(RegistryCommand command, ReplyTo replyTo) {
    if (!put(command, replyTo)) {
      return false;
    }
    calls.release();
    return true;
  }

  /**
   * As {@link #submit} for one who has more to come and then calls {@link #attend}: until that it
   * may just lie there.
   */
  public boolean put(RegistryCommand command, ReplyTo replyTo) {
    if (closed) {
      replyTo.answer(CLOSED);
      return true;
    }
    var envelope = new Envelope(command, replyTo);
    if (!mailbox.offer(envelope)) {
      return false;
    }
    refuseIfClosed(envelope);
    return true;
  }

  /**
   * Sees to it that what was put into the mailbox is applied: a few reports here and now, if nobody
   * else is at it, all else on the registry's thread. Never blocks.
   */
  public void attend() {
    if (thread.isAlive() && mailbox.size() <= FEW && turn.tryLock()) {
      try {
        takeQuick();
        serve();
      } finally {
        turn.unlock();
      }
    }
    if (!mailbox.isEmpty()) {
      calls.release();
    }
  }

  private void takeQuick() {
    for (var next = mailbox.peek();
        next != null && next.command.isQuick() && batch.size() < FEW;
        next = mailbox.peek()) {
      // Whoever refuses what came after the close may have taken it meanwhile.
      var taken = mailbox.poll();
      if (taken != null) {
        batch.add(taken);
      }
    }
  }

  /** Calls back once, now or in a later turn, when commands have left the mailbox. */
  public void whenThereIsRoom(Runnable sender) {
    gauges.mailboxWasFull();
    waitingForRoom.add(sender);
    // The registry may have made room before it could see who waits, and now sleep.
    if (mailbox.remainingCapacity() > 0 && waitingForRoom.remove(sender)) {
      sender.run();
    }
  }

  /**
   * For threads that may wait: submits, waiting for room, and answers with the outcome. The future
   * never fails; a closed registry refuses.
   */
  public CompletableFuture<Outcome> ask(RegistryCommand command) throws InterruptedException {
    var answer = new CompletableFuture<Outcome>();
    if (closed) {
      answer.complete(CLOSED);
    } else {
      var envelope = new Envelope(command, answer::complete);
      mailbox.put(envelope);
      calls.release();
      refuseIfClosed(envelope);
    }
    return answer;
  }

  /** Commands waiting to be applied. */
  public int queued() {
    return mailbox.size();
  }

  /** Stops after the command that is being applied. What still waits is refused. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /** Waits, so long at most, until nothing is applied any more and all senders are answered. */
  public void awaitEnd(Duration patience) throws InterruptedException {
    if (thread.join(patience) && turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      turn.unlock();
    }
  }

  private void run() {
    try {
      while (!closed) {
        calls.acquire();
        calls.drainPermits();
        while (!closed && !mailbox.isEmpty()) {
          turn.lockInterruptibly();
          try {
            mailbox.drainTo(batch, BATCH);
            serve();
          } finally {
            turn.unlock();
          }
        }
      }
    } catch (InterruptedException _) {
      closed = true;
    } finally {
      turn.lock();
      try {
        refuseTheRest();
      } finally {
        turn.unlock();
      }
    }
  }

  private void serve() {
    if (batch.isEmpty()) {
      return; // An earlier turn has taken what this one was for.
    }
    callBack();
    try {
      var now = clock.instant();
      for (var envelope : batch) {
        var outcome = closed ? CLOSED : serve(envelope.command, now);
        tell(() -> envelope.replyTo.answer(outcome));
      }
    } finally {
      batch.clear();
    }
    gauges.sessions(table.size());
    gauges.texts(table.textBytes(), table.textsShortened());
    tell(sink::endOfBatch);
  }

  private Outcome serve(RegistryCommand command, Instant now) {
    try {
      var outcome = table.apply(command, now);
      if (outcome instanceof Applied(var events)) {
        events.forEach(sink::accept);
      }
      return outcome;
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(ERROR, "failed at " + command, bug);
      gauges.commandFailed();
      return INTERNAL;
    }
  }

  /** Calls those who wait now: one that waits again at once is called after the next batch. */
  private void callBack() {
    if (!waitingForRoom.isEmpty()) {
      var senders = new ArrayList<Runnable>();
      for (var sender = waitingForRoom.poll(); sender != null; sender = waitingForRoom.poll()) {
        senders.add(sender);
      }
      senders.forEach(this::tell);
    }
  }

  /** Who is told something cannot stop the one who tells. */
  private void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException bug) {
      LOG.log(ERROR, "failed at telling an outcome", bug);
      gauges.commandFailed();
    }
  }

  private void refuseTheRest() {
    var rest = new ArrayList<Envelope>();
    mailbox.drainTo(rest);
    rest.forEach(envelope -> tell(() -> envelope.replyTo.answer(CLOSED)));
    callBack();
    tell(sink::endOfBatch);
  }

  /** A command may arrive after the rest has been refused; nobody else would answer it. */
  private void refuseIfClosed(Envelope envelope) {
    if (closed && mailbox.remove(envelope)) {
      envelope.replyTo.answer(CLOSED);
    }
  }

  private record Envelope(RegistryCommand command, ReplyTo replyTo) {}
}
