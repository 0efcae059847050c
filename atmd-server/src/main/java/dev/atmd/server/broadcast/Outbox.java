package dev.atmd.server.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;

/**
 * What one connection has still to be sent. While the peer reads, lines go straight to the socket;
 * while it does not, they wait in order. When more than {@code maxEvents} events wait, of each
 * session only the newest stays, in its place; if even those are too many, all events are dropped
 * and the owner is told to begin again with a snapshot. Replies are never dropped. The bytes of
 * events are shared by all outboxes. On the event loop of the connection.
 */
public final class Outbox {
  /** How much is joined into one write: what a laggard holds is a copy of its own. */
  private static final int JOINED_BYTES = 8 * 1024;

  private final Channel channel;
  private final int maxEvents;
  private final Owner owner;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int waitingEvents;

  /** Events above which the next collapse is worth its while. */
  private int collapseAbove;

  /** Writes that the socket has not taken yet. */
  private int unsent;

  private final ChannelFutureListener written = this::written;
  private long lastProgress = System.nanoTime();
  private boolean closing;

  /** Something that waits for its turn. */
  private sealed interface Waiting {
    record Event(Frame frame) implements Waiting {}

    /** A line in one or more pieces. */
    record Reply(Iterator<byte[]> pieces) implements Waiting {}
  }

  /** Who is told about an outbox that does not keep up. */
  public interface Owner {
    /** So many events were replaced by newer ones of the same sessions. */
    void collapsed(int events);

    /** So many events were dropped; a snapshot must take their place once {@link #isDrained}. */
    void overflowed(int events);

    /** Something waits for the peer. May be called again without anything in between. */
    void blocked();

    /**
     * Nothing waits any more, and the peer reads. May be called again without anything in between.
     */
    void drained();
  }

  public Outbox(Channel channel, int maxEvents, Owner owner) {
    this.channel = channel;
    this.maxEvents = maxEvents;
    this.collapseAbove = maxEvents;
    this.owner = owner;
  }

  /** Whether everything is out of this process. */
  public boolean isIdle() {
    return waiting.isEmpty() && unsent == 0;
  }

  /** Whether nothing waits, and the peer reads. */
  public boolean isDrained() {
    return waiting.isEmpty() && channel.isWritable();
  }

  /** Replies that wait. */
  public int waitingReplies() {
    return waiting.size() - waitingEvents;
  }

  /** How long the socket has taken nothing although there is something, in nanoseconds. */
  public long stalledNanos() {
    return isIdle() ? 0 : System.nanoTime() - lastProgress;
  }

  /** A line that must arrive. */
  public void send(byte[] line) {
    if (flowsFreely()) {
      write(Unpooled.wrappedBuffer(line));
      flush();
    } else {
      await(new Waiting.Reply(List.of(line).iterator()));
      pump();
    }
  }

  /** A line in pieces that must arrive; they are taken as the peer reads. */
  public void send(Iterator<byte[]> pieces) {
    await(new Waiting.Reply(pieces));
    pump();
  }

  /** Closes the connection once all that waits has been sent. */
  public void closeAfterwards() {
    closing = true;
    if (waiting.isEmpty()) {
      close();
    }
  }

  /**
   * The frames of one batch; {@code joined} is their bytes in one buffer, shared by all who get
   * just these.
   */
  void broadcast(List<Frame> frames, ByteBuf joined) {
    if (flowsFreely()) {
      write(joined.retainedDuplicate());
      flush();
    } else {
      broadcast(frames);
    }
  }

  /** Frames that only this subscriber gets. */
  void broadcast(List<Frame> frames) {
    for (var frame : frames) {
      await(new Waiting.Event(frame));
      waitingEvents++;
    }
    pump();
    if (waitingEvents > collapseAbove) {
      collapse();
    }
  }

  /** Forgets the events that wait: a snapshot will say it all. */
  public void dropEvents() {
    waiting.removeIf(Waiting.Event.class::isInstance);
    waitingEvents = 0;
  }

  /** Sends what the socket takes. To be called whenever it has become writable. */
  public void pump() {
    var wrote = false;
    while (!waiting.isEmpty() && channel.isWritable()) {
      writeNext();
      wrote = true;
    }
    if (wrote) {
      flush();
    }
    if (closing && waiting.isEmpty()) {
      close();
    } else if (isDrained()) {
      owner.drained();
    }
  }

  private boolean flowsFreely() {
    return isDrained() && !closing;
  }

  private void await(Waiting next) {
    noteBeginning();
    waiting.addLast(next);
  }

  private void noteBeginning() {
    if (isIdle()) {
      lastProgress = System.nanoTime();
    }
  }

  /** Keeps of each session the newest event only. Done at most once per doubling, so cheap. */
  private void collapse() {
    var newer = new HashSet<>();
    var before = waitingEvents;
    for (var backwards = waiting.descendingIterator(); backwards.hasNext(); ) {
      if (backwards.next() instanceof Waiting.Event(var frame) && !newer.add(frame.sessionId())) {
        backwards.remove();
        waitingEvents--;
      }
    }
    owner.collapsed(before - waitingEvents);
    if (waitingEvents > maxEvents) {
      var dropped = waitingEvents;
      dropEvents();
      owner.overflowed(dropped);
    }
    collapseAbove = Math.max(maxEvents, 2 * waitingEvents);
  }

  private void writeNext() {
    if (waiting.getFirst() instanceof Waiting.Reply(var pieces)) {
      write(Unpooled.wrappedBuffer(pieces.next()));
      if (!pieces.hasNext()) {
        waiting.removeFirst();
      }
    } else {
      writeEvents();
    }
  }

  /** Writes the events at the head, as many as make one good write. */
  private void writeEvents() {
    var frames = new ArrayList<Frame>();
    var bytes = 0;
    while (bytes < JOINED_BYTES && waiting.peekFirst() instanceof Waiting.Event(var frame)) {
      waiting.removeFirst();
      frames.add(frame);
      bytes += frame.line().length;
    }
    waitingEvents -= frames.size();
    var joined = channel.alloc().ioBuffer(bytes);
    frames.forEach(frame -> joined.writeBytes(frame.line()));
    write(joined);
  }

  private void close() {
    write(Unpooled.EMPTY_BUFFER, ChannelFutureListener.CLOSE);
    flush();
  }

  private void write(ByteBuf bytes) {
    write(bytes, written);
  }

  private void write(ByteBuf bytes, ChannelFutureListener then) {
    noteBeginning();
    unsent++;
    var _ = channel.write(bytes).addListener(then);
  }

  private void flush() {
    channel.flush();
    if (!isIdle()) {
      owner.blocked();
    }
  }

  private void written(ChannelFuture write) {
    unsent--;
    lastProgress = System.nanoTime();
    if (!write.isSuccess()) {
      var _ = channel.close();
    }
  }
}
