package dev.atmd.core.registry;

import static java.lang.System.Logger.Level.ERROR;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.Outcome.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one owner of the sessions: an actor with a bounded mailbox on a thread of its own,
 * "atmd-registry". For each command: apply, tell the sink, answer the sender. A bug in one command
 * is logged with that command and answered; the next command is served.
 *
 * <p>Thread-safe. Commands of one sender are applied in the order in which it submitted them.
 */
public final class Registry implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Registry.class.getName());

  /** How many commands are served before what they caused is sent on. */
  private static final int BATCH = 256;

  private static final Refused INTERNAL = new Refused(new Refusal.Internal());
  private static final Refused CLOSED = new Refused(new Refusal.Closed());

  private final SessionTable table;
  private final InstantSource clock;
  private final EventSink sink;
  private final RegistryGauges gauges;
  private final BlockingQueue<Envelope> mailbox;
  private final Queue<Runnable> waitingForRoom = new ConcurrentLinkedQueue<>();
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

  /** Calls back once, on this thread or the registry's, when commands have left the mailbox. */
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
      refuseIfClosed(envelope);
    }
    return answer;
  }

  /** Commands waiting to be applied. */
  public int queued() {
    return mailbox.size();
  }

  /** Stops after the command being applied. What still waits is refused. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /** Waits, so long at most, until nothing is applied any more and all senders are answered. */
  public void awaitEnd(Duration patience) throws InterruptedException {
    var _ = thread.join(patience);
  }

  private void run() {
    var batch = new ArrayList<Envelope>(BATCH);
    try {
      while (!closed) {
        batch.add(mailbox.take());
        mailbox.drainTo(batch, BATCH - 1);
        callBack();
        serve(batch);
        batch.clear();
      }
    } catch (InterruptedException _) {
      closed = true;
    } finally {
      refuseTheRest();
    }
  }

  private void serve(List<Envelope> batch) {
    for (var envelope : batch) {
      var outcome = closed ? CLOSED : serve(envelope.command);
      tell(() -> envelope.replyTo.answer(outcome));
    }
    gauges.sessions(table.size());
    gauges.texts(table.textBytes(), table.textsShortened());
    tell(sink::endOfBatch);
  }

  private Outcome serve(RegistryCommand command) {
    try {
      var outcome = table.apply(command, clock.instant());
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
