package dev.atmd.server.broadcast;

import static java.lang.System.Logger.Level.ERROR;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SubscribeRequest;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way from the registry to the connections of one event loop. Whoever has the registry's turn
 * gathers answers and frames and hands them over batch by batch; the event loop takes all that are
 * there in one task, so that a busy loop writes less often and more at once. Answers run before
 * frames, so that who subscribes in a batch hears the rest of it.
 */
public final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  /** How much is joined into one write: all share it, but one that stops reading may keep it. */
  private static final int JOINED_BYTES = 64 * 1024;

  /** The registry gives the same snapshot to all who ask within a second. */
  private static final long LIST_MILLIS = 2_000;

  private final EventLoop loop;
  private final FrameEncoder encoder;
  private final BroadcastGauges gauges;

  /** In the registry's turn. */
  private List<Runnable> answers = new ArrayList<>();

  private List<Frame> frames = new ArrayList<>();

  /** Between the two. */
  private final Queue<Batch> handedOver = new ConcurrentLinkedQueue<>();

  /** Whether the event loop is going to take what has been handed over. */
  private final AtomicBoolean isAwaited = new AtomicBoolean();

  /** On the event loop: the subscribers by what they are shown. */
  private final Map<Detail, Audience> audiences = new EnumMap<>(Detail.class);

  /** On the event loop: the latest list of all sessions at each level. */
  private final Map<Detail, SharedList> latestLists = new EnumMap<>(Detail.class);

  /** What one batch of the registry's commands has led to. */
  private record Batch(List<Runnable> answers, List<Frame> frames) {}

  Lane(EventLoop loop, FrameEncoder encoder, BroadcastGauges gauges) {
    this.loop = loop;
    this.encoder = encoder;
    this.gauges = gauges;
    for (var detail : Detail.values()) {
      audiences.put(detail, new Audience());
    }
  }

  /**
   * Runs this on the event loop. In the registry's turn on another thread: with the rest of the
   * batch. On the event loop: later, for what a closed registry refuses at once.
   */
  public void deliver(Runnable answer) {
    if (loop.inEventLoop()) {
      loop.execute(() -> runGuarded(answer));
    } else {
      answers.add(answer);
    }
  }

  /** In the registry's turn. */
  void broadcast(Frame frame) {
    frames.add(frame);
  }

  /** In the registry's turn: hands what was gathered over to the event loop. */
  void flush() {
    if (answers.isEmpty() && frames.isEmpty()) {
      return;
    }
    handedOver.add(new Batch(answers, frames));
    answers = new ArrayList<>();
    frames = new ArrayList<>();
    if (isAwaited.compareAndSet(false, true)) {
      loop.execute(this::takeOver);
    }
  }

  private void takeOver() {
    isAwaited.set(false);
    var allAnswers = new ArrayList<Runnable>();
    var allFrames = new ArrayList<Frame>();
    for (var batch = handedOver.poll(); batch != null; batch = handedOver.poll()) {
      allAnswers.addAll(batch.answers);
      allFrames.addAll(batch.frames);
    }
    run(allAnswers, allFrames);
  }

  /** Event loop: a subscription that will begin with {@link #list}. */
  public Subscriber subscriber(Outbox outbox, SubscribeRequest request, boolean tellsLag) {
    return new Subscriber(outbox, encoder, request, tellsLag, loop);
  }

  /** Event loop: from this snapshot on the subscriber hears every event. */
  public void begin(Subscriber subscriber, Snapshot snapshot) {
    subscriber.begin(snapshot);
    audience(subscriber).add(subscriber);
  }

  /** Event loop: the subscriber hears what it has missed, and from then on every event. */
  public void resume(Subscriber subscriber, Outcome.Missed missed) {
    subscriber.resume(missed.events().stream().map(encoder::frame).toList(), missed.seq());
    audience(subscriber).add(subscriber);
  }

  /** Event loop. */
  public void remove(Subscriber subscriber) {
    audience(subscriber).remove(subscriber);
    subscriber.end();
  }

  private Audience audience(Subscriber subscriber) {
    return Objects.requireNonNull(audiences.get(subscriber.detail()));
  }

  /** Tells a subscriber that instead of a list so many events follow. */
  public byte[] resumed(Outcome.Missed missed) {
    return encoder.resumed(missed.events().size(), missed.seq());
  }

  /** Event loop: the snapshot as a line, in pieces. */
  public Iterator<byte[]> list(Snapshot snapshot, SessionFilter filter, Detail detail) {
    if (!filter.equals(SessionFilter.ALL)) {
      return encoder.list(snapshot, filter, detail);
    }
    var list = latestLists.get(detail);
    if (list == null || !list.isOf(snapshot)) {
      list = new SharedList(snapshot, encoder.list(snapshot, filter, detail));
      latestLists.put(detail, list);
      forgetLater(detail, list);
    }
    return list.reader();
  }

  /** A list of many sessions is large, and nobody asks for this one any more. */
  private void forgetLater(Detail detail, SharedList list) {
    var _ =
        loop.schedule(() -> latestLists.remove(detail, list), LIST_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void run(List<Runnable> batchAnswers, List<Frame> batchFrames) {
    batchAnswers.forEach(Lane::runGuarded);
    if (!batchFrames.isEmpty()) {
      latestLists.clear();
      audiences.forEach((detail, audience) -> {
        if (!audience.isEmpty()) {
          fanOut(batchFrames, detail, audience);
        }
      });
    }
  }

  private void fanOut(List<Frame> batch, Detail detail, Audience audience) {
    var from = 0;
    while (from < batch.size()) {
      var bytes = 0;
      var to = from;
      while (to < batch.size() && (to == from || bytes < JOINED_BYTES)) {
        bytes += batch.get(to).line(detail).bytes().length;
        to++;
      }
      fanOut(batch.subList(from, to), bytes, detail, audience);
      from = to;
    }
    gauges.delivered((long) batch.size() * audience.members().size());
  }

  private static void fanOut(List<Frame> frames, int bytes, Detail detail, Audience audience) {
    var joined = ByteBufAllocator.DEFAULT.directBuffer(bytes);
    try {
      frames.forEach(frame -> joined.writeBytes(frame.line(detail).bytes()));
      var slice = new Slice(frames, detail, joined);
      for (var subscriber : audience.members()) {
        offerGuarded(subscriber, slice);
      }
    } finally {
      joined.release();
    }
  }

  /** A bug in one answer leaves the rest of the batch alone. */
  private static void runGuarded(Runnable answer) {
    try {
      answer.run();
    } catch (RuntimeException bug) {
      LOG.log(ERROR, "failed at answering", bug);
    }
  }

  /** A bug in one subscriber costs only that one: it begins again with a list. */
  private static void offerGuarded(Subscriber subscriber, Slice slice) {
    try {
      subscriber.offer(slice);
    } catch (RuntimeException bug) {
      LOG.log(ERROR, "failed at a subscriber", bug);
      subscriber.beginAgain();
    }
  }
}
