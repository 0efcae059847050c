package dev.atmd.bench.measure;

import dev.atmd.bench.load.Messages;
import dev.atmd.bench.load.Wire;
import dev.atmd.bench.system.SessionStates;
import dev.atmd.bench.system.SessionTopic;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber that reads nothing, or one line now and then, until it is woken; then it must come
 * to the state that the registry has. Reads on a thread of its own.
 */
final class LateReader implements Closeable {
  private static final long NEVER_MILLIS = Long.MAX_VALUE;
  private static final long NOW_AND_THEN_MILLIS = 5;

  private static final Duration TURN = Duration.ofMillis(20);

  private final SessionTopic topic;
  private final SessionStates states;
  private final Wire wire;
  private final long pauseMillis;
  private final CountDownLatch woken = new CountDownLatch(1);
  private final Thread thread;

  /** Written before {@link #woken} is counted down, and read by the thread after. */
  private int published;

  /** When the last line came; read by whoever wakes it. */
  private volatile long readAt;

  /** Written by the thread, and read after it has ended. */
  private long wrong;

  private LateReader(SessionTopic topic, long pauseMillis) throws IOException {
    this.topic = topic;
    this.states = new SessionStates(topic.lines().sessions());
    this.wire = topic.subscriber();
    this.pauseMillis = pauseMillis;
    this.thread = Thread.ofPlatform().daemon().name("bench-late").start(this::read);
  }

  static LateReader frozen(SessionTopic topic) throws IOException {
    return new LateReader(topic, NEVER_MILLIS);
  }

  static LateReader slow(SessionTopic topic) throws IOException {
    return new LateReader(topic, NOW_AND_THEN_MILLIS);
  }

  /** Lets it read at last; answers how many sessions it still sees in a wrong state. */
  long wake(int updates, Duration silence) throws IOException, InterruptedException {
    published = updates;
    woken.countDown();
    // Should it have read all there is, this is one line more.
    wire.write(Messages.PING);
    readAt = System.nanoTime();
    while (!thread.join(TURN)) {
      if (System.nanoTime() - readAt > silence.toNanos()) {
        wire.close();
      }
    }
    return wrong;
  }

  private void read() {
    try {
      while (!woken.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        takeLine();
      }
      while (topic.wrongStates(states, published) > 0) {
        takeLine();
      }
    } catch (IOException _) {
      // Closed, by the daemon or because it said no more: what it has seen is counted.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      wrong = topic.wrongStates(states, published);
    }
  }

  private void takeLine() throws IOException {
    states.take(wire.readLine());
    readAt = System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    wire.close();
    woken.countDown();
  }
}
