package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.hook;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.registry.RegistryCommand.TakeSnapshot;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Pid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The actor around the table: order, bounds, bugs and the end. */
@Timeout(20)
class RegistryTest {
  private static final RegistryCommand NOTHING = new RemoveDead(List.of());
  private static final Refused CLOSED = new Refused(new Refusal.Closed());

  private final BrittleProcesses processes = new BrittleProcesses();
  private final RecordedEvents events = new RecordedEvents();
  private final CountedGauges gauges = new CountedGauges();
  private final Registry registry =
      new Registry(
          new SessionTable(RegistryLimits.DEFAULT, processes),
          InstantSource.fixed(TableUnderTest.NOON),
          events,
          2,
          gauges);

  @AfterEach
  void close() {
    processes.gate.countDown();
    registry.close();
  }

  @Test
  void tellsTheSinkBeforeTheSender() throws Exception {
    registry.start();
    var heardBefore = new CompletableFuture<List<SessionEvent>>();
    registry.submit(hook("a", 1L, new TurnStarted()), _ -> heardBefore.complete(events.heard()));

    assertThat(heardBefore.get(10, SECONDS)).hasSize(1).isEqualTo(events.heard());
  }

  @Test
  void appliesTheCommandsOfOneSenderInTheirOrder() throws Exception {
    registry.start();
    for (var pid = 1L; pid <= 100; pid++) {
      var _ = registry.ask(hook("s" + pid, pid, new TurnStarted()));
    }
    var listed = (Outcome.Listed) registry.ask(new TakeSnapshot()).get(10, SECONDS);

    assertThat(listed.snapshot().seq()).isEqualTo(100);
    assertThat(events.heard().stream().map(SessionEvent::seq))
        .isSorted()
        .hasSize(100)
        .startsWith(1L)
        .endsWith(100L);
    // A command of a later batch: by its answer the batch before it has been counted.
    var _ = registry.ask(NOTHING).get(10, SECONDS);
    assertThat(gauges.sessions).hasValue(100);
  }

  @Test
  void runsOnItsOwnThread() throws Exception {
    registry.start();
    var thread = new CompletableFuture<String>();
    registry.submit(NOTHING, _ -> thread.complete(Thread.currentThread().getName()));

    assertThat(thread.get(10, SECONDS)).isEqualTo("atmd-registry");
  }

  @Test
  void aReportIsAppliedByTheThreadThatAttends() {
    registry.start();
    var threads = new ArrayList<Thread>();
    registry.put(hook("a", 1L, new TurnStarted()), _ -> threads.add(Thread.currentThread()));
    registry.put(hook("b", 2L, new TurnStarted()), _ -> threads.add(Thread.currentThread()));
    assertThat(threads).isEmpty();

    registry.attend();

    assertThat(threads).containsOnly(Thread.currentThread()).hasSize(2);
    assertThat(events.heard()).hasSize(2);
  }

  @Test
  void nothingIsAppliedBeforeTheStart() {
    registry.put(hook("a", 1L, new TurnStarted()), ReplyTo.NOBODY);

    registry.attend();

    assertThat(events.heard()).isEmpty();
    assertThat(registry.queued()).isOne();
  }

  @Test
  void whatConcernsAllSessionsIsLeftToTheRegistrysThread() throws Exception {
    registry.start();
    var threads = new LinkedBlockingQueue<String>();
    registry.put(NOTHING, _ -> threads.add(Thread.currentThread().getName()));
    registry.put(
        hook("a", 1L, new TurnStarted()), _ -> threads.add(Thread.currentThread().getName()));

    registry.attend();

    assertThat(threads.poll(10, SECONDS)).isEqualTo("atmd-registry");
    assertThat(threads.poll(10, SECONDS)).isEqualTo("atmd-registry");
  }

  @Test
  void whoAttendsDoesNotWaitForTheRegistrysThread() throws Exception {
    blockTheRegistry();
    var applied = new CompletableFuture<String>();
    registry.put(
        hook("a", 1L, new TurnStarted()), _ -> applied.complete(Thread.currentThread().getName()));

    registry.attend();
    assertThat(applied).isNotDone();
    processes.gate.countDown();

    assertThat(applied.get(10, SECONDS)).isEqualTo("atmd-registry");
  }

  /** Each event is numbered after the one before, and each sender's are in its order. */
  @Test
  void manyWhoAttendAreServedOneAtATime() throws Exception {
    registry.start();
    var senders = new ArrayList<Thread>();
    for (var sender = 0; sender < 4; sender++) {
      var name = "s" + sender;
      senders.add(Thread.ofPlatform().start(() -> report(name, 5_000)));
    }
    for (var sender : senders) {
      assertThat(sender.join(Duration.ofSeconds(15))).as("%s ended", sender).isTrue();
    }

    var listed = (Outcome.Listed) registry.ask(new TakeSnapshot()).get(10, SECONDS);
    assertThat(listed.snapshot().sessions()).hasSize(4);
    assertThat(listed.snapshot().seq()).isEqualTo(20_000);
    assertThat(events.heard().stream().map(SessionEvent::seq))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 20_000).boxed().toList());
  }

  /** Now two at a time, which may be too many, now one. */
  private void report(String session, int times) {
    var pid = 100L + session.charAt(1);
    var answered = new AtomicInteger();
    for (var i = 0; i < times; i++) {
      var tool = hook(session, pid, new ToolStarted("Tool" + i));
      while (!registry.put(tool, _ -> answered.incrementAndGet())) {
        registry.attend();
        Thread.onSpinWait();
      }
      if (i % 3 != 0) {
        registry.attend();
      }
    }
    registry.attend();
    while (answered.get() < times) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aFullMailboxTakesNothingMoreAndCallsBack() throws Exception {
    blockTheRegistry();
    assertThat(registry.submit(NOTHING, ReplyTo.NOBODY)).isTrue();
    assertThat(registry.submit(NOTHING, ReplyTo.NOBODY)).isTrue();
    assertThat(registry.submit(NOTHING, ReplyTo.NOBODY)).isFalse();
    assertThat(registry.queued()).isEqualTo(2);

    var calledBack = new CompletableFuture<Boolean>();
    registry.whenThereIsRoom(() -> calledBack.complete(registry.submit(NOTHING, ReplyTo.NOBODY)));
    assertThat(calledBack).isNotDone();
    processes.gate.countDown();

    assertThat(calledBack.get(10, SECONDS)).isTrue();
    assertThat(gauges.fullMailboxes).hasValue(1);
  }

  @Test
  void callsBackAtOnceWhenRoomHasBeenMadeMeanwhile() throws Exception {
    registry.start();
    var calledBack = new CountDownLatch(1);
    registry.whenThereIsRoom(calledBack::countDown);

    assertThat(calledBack.await(10, SECONDS)).isTrue();
  }

  @Test
  void aBugInOneCommandIsAnsweredAndTheNextCommandIsServed() throws Exception {
    registry.start();
    processes.broken.set(true);
    assertThat(registry.ask(hook("a", 1L, new TurnStarted())).get(10, SECONDS))
        .isEqualTo(new Refused(new Refusal.Internal()));
    assertThat(gauges.failures).hasValue(1);

    processes.broken.set(false);
    assertThat(registry.ask(hook("a", 1L, new TurnStarted())).get(10, SECONDS))
        .isInstanceOf(Applied.class);
  }

  @Test
  void aSenderThatFailsStopsNobody() throws Exception {
    registry.start();
    registry.submit(
        NOTHING,
        _ -> {
          throw new IllegalStateException("a sender that fails on purpose");
        });

    assertThat(registry.ask(NOTHING).get(10, SECONDS)).isEqualTo(Applied.NOTHING);
    assertThat(gauges.failures).hasValue(1);
  }

  @Test
  void aSinkThatFailsStopsNobody() throws Exception {
    registry.start();
    events.broken.set(true);
    registry.submit(NOTHING, ReplyTo.NOBODY);
    assertThat(registry.ask(NOTHING).get(10, SECONDS)).isEqualTo(Applied.NOTHING);

    events.broken.set(false);
    assertThat(registry.ask(NOTHING).get(10, SECONDS)).isEqualTo(Applied.NOTHING);
  }

  @Test
  void aCloseRefusesTheRest() throws Exception {
    blockTheRegistry();
    var first = registry.ask(hook("a", 1L, new TurnStarted()));
    var second = registry.ask(NOTHING);
    var calledBack = new CountDownLatch(1);
    registry.whenThereIsRoom(calledBack::countDown);
    registry.close();
    processes.gate.countDown();

    assertThat(first.get(10, SECONDS)).isEqualTo(CLOSED);
    assertThat(second.get(10, SECONDS)).isEqualTo(CLOSED);
    assertThat(calledBack.await(10, SECONDS)).isTrue();
    assertThat(registry.ask(NOTHING).get(10, SECONDS)).isEqualTo(CLOSED);
  }

  @Test
  void aCloseRefusesThoseWhoWaitForRoom() throws Exception {
    blockTheRegistry();
    registry.submit(NOTHING, ReplyTo.NOBODY);
    registry.submit(NOTHING, ReplyTo.NOBODY);
    var answers = new LinkedBlockingQueue<Outcome>();
    var asking = new ArrayList<Thread>();
    for (var i = 0; i < 4; i++) {
      asking.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  answers.add(registry.ask(NOTHING).join());
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    registry.close();
    processes.gate.countDown();

    for (var thread : asking) {
      assertThat(thread.join(Duration.ofSeconds(10))).as("%s ended", thread).isTrue();
    }
    assertThat(answers).hasSize(4).containsOnly(CLOSED);
  }

  /** Lets it run into a command that ends only when the gate opens. */
  private void blockTheRegistry() throws InterruptedException {
    processes.gated.set(true);
    registry.start();
    registry.submit(hook("blocking", 99L, new TurnStarted()), ReplyTo.NOBODY);
    assertThat(processes.reached.await(10, SECONDS)).as("the command is applied").isTrue();
  }

  /** Processes that throw, or let the registry wait, as a test says. */
  private static final class BrittleProcesses implements ProcessTable {
    final AtomicBoolean broken = new AtomicBoolean();
    final AtomicBoolean gated = new AtomicBoolean();
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);

    @Override
    public Optional<ProcessStamp> find(Pid pid) {
      if (broken.get()) {
        throw new IllegalStateException("processes that fail on purpose");
      }
      if (gated.getAndSet(false)) {
        reached.countDown();
        awaitGate();
      }
      return Optional.empty();
    }

    private void awaitGate() {
      while (true) {
        try {
          gate.await();
          return;
        } catch (InterruptedException _) {
          // A close interrupts; the command being applied goes on to its end.
        }
      }
    }

    @Override
    public boolean descends(Pid pid, Pid ancestor) {
      return false;
    }
  }

  private static final class RecordedEvents implements EventSink {
    private final LinkedBlockingQueue<SessionEvent> heard = new LinkedBlockingQueue<>();
    final AtomicBoolean broken = new AtomicBoolean();

    List<SessionEvent> heard() {
      return List.copyOf(heard);
    }

    @Override
    public void accept(SessionEvent event) {
      heard.add(event);
    }

    @Override
    public void endOfBatch() {
      if (broken.get()) {
        throw new IllegalStateException("a sink that fails on purpose");
      }
    }
  }

  private static final class CountedGauges implements RegistryGauges {
    final AtomicInteger sessions = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger fullMailboxes = new AtomicInteger();

    @Override
    public void sessions(int count) {
      sessions.set(count);
    }

    @Override
    public void texts(long bytes, long shortened) {}

    @Override
    public void commandFailed() {
      failures.incrementAndGet();
    }

    @Override
    public void mailboxWasFull() {
      fullMailboxes.incrementAndGet();
    }
  }
}
