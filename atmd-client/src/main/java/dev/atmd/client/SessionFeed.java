package dev.atmd.client;

import dev.atmd.client.AtmdException.TimedOut;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that outlives its connection: it comes back on its own, waiting longer each time,
 * and goes on where it was, until it is closed. Owns the thread {@code atmd-feed}, which connects,
 * reads and calls the listener. Thread-safe.
 */
public final class SessionFeed implements AutoCloseable {
  /** A 1.0 daemon drops whoever says nothing for 300 s (atm-protocol §1.3). */
  private static final Duration PING_EVERY = Duration.ofSeconds(60);

  private final Connector connector;
  private final SubscribeRequest request;
  private final SessionListener listener;
  private final Backoff backoff;
  private final Pause pause;
  private final Duration pingEvery;
  private final Thread thread;

  /** Written by the feed, read by whoever closes it. */
  private volatile @Nullable AtmdClient current;

  /** Written by whoever closes the feed, read by the feed. */
  private volatile boolean isClosed;

  private boolean isDisconnected;

  /** Where the listener has got to; null before the first event, and of a daemon of 1.0. */
  private @Nullable Position known;

  private SessionFeed(
      Connector connector,
      SubscribeRequest request,
      SessionListener listener,
      RandomGenerator random,
      Pause pause,
      Duration pingEvery) {
    this.connector = connector;
    this.request = request;
    this.listener = listener;
    this.backoff = new Backoff(random);
    this.pause = pause;
    this.pingEvery = pingEvery;
    this.thread = Thread.ofPlatform().name("atmd-feed").daemon().unstarted(this::run);
  }

  /** Begins to listen to the daemon at {@code socket}, there or not. */
  public static SessionFeed start(Path socket, SubscribeRequest request, SessionListener listener) {
    return start(
        () -> AtmdClient.connect(socket),
        request,
        listener,
        new SplittableRandom(),
        Thread::sleep,
        PING_EVERY);
  }

  static SessionFeed start(
      Connector connector,
      SubscribeRequest request,
      SessionListener listener,
      RandomGenerator random,
      Pause pause,
      Duration pingEvery) {
    var feed = new SessionFeed(connector, request, listener, random, pause, pingEvery);
    feed.thread.start();
    return feed;
  }

  /** Stops; the listener hears nothing more once this returns, unless it is the listener's call. */
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    var client = current;
    if (client != null) {
      client.close();
    }
    if (!thread.equals(Thread.currentThread())) {
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed) {
      try (var client = connector.connect()) {
        current = client;
        listen(client);
      } catch (IOException e) {
        if (!isClosed && !waitAfter(e)) {
          return;
        }
      }
    }
  }

  /** Whether to try again. */
  private boolean waitAfter(IOException cause) {
    isDisconnected = true;
    var delay = backoff.next();
    listener.disconnected(cause, delay);
    try {
      pause.sleep(delay);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private void listen(AtmdClient client) throws IOException {
    var stream = client.subscribe(request.since(known));
    dispatch(stream.next());
    var pingAt = System.nanoTime() + pingEvery.toNanos();
    while (!isClosed) {
      var left = Math.max(0, pingAt - System.nanoTime());
      stream.poll(Duration.ofNanos(left)).ifPresent(this::dispatch);
      if (System.nanoTime() - pingAt >= 0) {
        if (!stream.heardSincePing()) {
          throw new TimedOut("sign of life", pingEvery);
        }
        stream.ping();
        pingAt = System.nanoTime() + pingEvery.toNanos();
      }
    }
  }

  private void dispatch(Received<DaemonMessage> event) {
    if (isClosed) {
      return;
    }
    if (isDisconnected) {
      isDisconnected = false;
      listener.reconnected();
    }
    backoff.reset();
    listener.received(event.json());
    switch (event.message()) {
      case SessionList list -> {
        listener.list(list);
        reach(list.epoch(), list.seq());
      }
      case SessionUpdated update -> {
        listener.updated(update);
        reach(update.epoch(), update.seq());
      }
      case SessionRemoved removal -> {
        listener.removed(removal);
        reach(removal.epoch(), removal.seq());
      }
      case DaemonMessage _ -> {}
    }
  }

  private void reach(String epoch, long seq) {
    known = epoch.isEmpty() ? null : new Position(epoch, seq);
  }

  /** Opens a connection, or says why not. */
  @FunctionalInterface
  interface Connector {
    AtmdClient connect() throws IOException;
  }

  /** Waits; a test does not. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }
}
