package dev.atmd.server.broadcast;

import dev.atmd.protocol.message.Detail;
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
 * while it does not, they wait in order. When more events wait than its {@link OutboxBudget} lets,
 * of each session only the newest stays, in its place; if even those are too many, or if all
 * outboxes together hold too much, all events are dropped and the owner is told to begin again with
 * a snapshot. Replies are never dropped. The bytes of events are shared by all outboxes. On the
 * event loop of the connection.
 */
public final class Outbox {
  /** How much is joined into one write: what a laggard holds is a copy of its own. */
  private static final int JOINED_BYTES = 8 * 1024;

  private final Channel channel;
  private final OutboxBudget budget;
  private final Owner owner;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int waitingReplies;
  private int waitingEvents;
  private long waitingBytes;

  /** Events above which the next collapse is worth its while. */
  private int collapseAbove;

  /** Whether only some pieces of the first line have been sent. */
  private boolean isInsideLine;

  /** Whether it has collapsed since it was last empty. */
  private boolean collapsed;

  /** Writes that the socket has not taken yet. */
  private int unsent;

  private final ChannelFutureListener written = this::written;
  private long lastProgress = System.nanoTime();
  private boolean closing;

  /** Something that waits for its turn. */
  private sealed interface Waiting {
    record Event(FrameLine line) implements Waiting {}

    /** Events that others get in the same bytes. */
    record Shared(Slice slice) implements Waiting {}

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

  public Outbox(Channel channel, OutboxBudget budget, Owner owner) {
    this.channel = channel;
    this.budget = budget;
    this.collapseAbove = budget.limits().events();
    this.owner = owner;
  }

  /** How many events may wait. */
  int maxEvents() {
    return budget.limits().events();
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
    return waitingReplies;
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
      send(List.of(line).iterator());
    }
  }

  /** A line in pieces that must arrive; they are taken as the peer reads. */
  public void send(Iterator<byte[]> pieces) {
    waitingReplies++;
    await(new Waiting.Reply(pieces));
    pump();
  }

  /** A line that goes out before everything that waits, but for a line that has been begun. */
  void sendFirst(Iterator<byte[]> line) {
    noteBeginning();
    var begun = isInsideLine ? waiting.removeFirst() : null;
    waiting.addFirst(new Waiting.Reply(line));
    waitingReplies++;
    if (begun != null) {
      waiting.addFirst(begun);
    }
  }

  /** Closes the connection once all that waits has been sent. */
  public void closeAfterwards() {
    closing = true;
    if (waiting.isEmpty()) {
      close();
    }
  }

  /** Frames that others get in the same bytes. */
  void broadcast(Slice slice) {
    if (flowsFreely()) {
      write(slice.content());
      flush();
    } else if (!collapsed && slice.hold(budget)) {
      waitingEvents += slice.frames().size();
      waitingBytes += slice.bytes();
      await(new Waiting.Shared(slice));
      pump();
      giveWay();
    } else {
      broadcast(slice.frames(), slice.detail());
    }
  }

  /** Frames that only this subscriber gets. */
  void broadcast(List<Frame> frames, Detail detail) {
    for (var frame : frames) {
      var line = frame.line(detail);
      line.hold(budget);
      waitingEvents++;
      waitingBytes += line.bytes().length;
      await(new Waiting.Event(line));
    }
    pump();
    giveWay();
  }

  /** Keeps what waits within its bounds. */
  private void giveWay() {
    if (waitingEvents > collapseAbove || waitingBytes > budget.limits().bytes()) {
      collapse();
    } else if (collapsed && budget.isExhausted()) {
      overflow();
    }
  }

  /** Forgets the events that wait: a snapshot will say it all. */
  public void dropEvents() {
    waiting.removeIf(this::isForgotten);
  }

  private boolean isForgotten(Waiting next) {
    switch (next) {
      case Waiting.Event(var line) -> forget(line);
      case Waiting.Shared(var slice) -> forget(slice);
      case Waiting.Reply _ -> {
        return false;
      }
    }
    return true;
  }

  private void forget(Slice slice) {
    slice.release(budget);
    waitingEvents -= slice.frames().size();
    waitingBytes -= slice.bytes();
  }

  private void forget(FrameLine line) {
    line.release(budget);
    waitingEvents--;
    waitingBytes -= line.bytes().length;
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
    collapsed &= !waiting.isEmpty();
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
    unshare();
    var newer = new HashSet<>();
    var before = waitingEvents;
    for (var backwards = waiting.descendingIterator(); backwards.hasNext(); ) {
      if (backwards.next() instanceof Waiting.Event(var line) && !newer.add(line.sessionId())) {
        backwards.remove();
        forget(line);
      }
    }
    collapsed = true;
    owner.collapsed(before - waitingEvents);
    if (waitingEvents > maxEvents() || waitingBytes > budget.limits().bytes() / 2) {
      overflow();
    }
    collapseAbove = Math.max(maxEvents(), 2 * waitingEvents);
  }

  /** From here on each event that waits stands for itself. */
  private void unshare() {
    var all = List.copyOf(waiting);
    waiting.clear();
    for (var next : all) {
      if (next instanceof Waiting.Shared(var slice)) {
        slice.release(budget);
        for (var frame : slice.frames()) {
          var line = frame.line(slice.detail());
          line.hold(budget);
          waiting.addLast(new Waiting.Event(line));
        }
      } else {
        waiting.addLast(next);
      }
    }
  }

  private void overflow() {
    var dropped = waitingEvents;
    dropEvents();
    owner.overflowed(dropped);
  }

  private void writeNext() {
    switch (waiting.getFirst()) {
      case Waiting.Reply(var pieces) -> writeNext(pieces);
      case Waiting.Shared(var slice) -> {
        waiting.removeFirst();
        write(slice.content());
        forget(slice);
      }
      case Waiting.Event _ -> writeEvents();
    }
  }

  private void writeNext(Iterator<byte[]> pieces) {
    write(Unpooled.wrappedBuffer(pieces.next()));
    isInsideLine = pieces.hasNext();
    if (!isInsideLine) {
      waiting.removeFirst();
      waitingReplies--;
    }
  }

  /** Writes the events at the head, as many as make one good write. */
  private void writeEvents() {
    var lines = new ArrayList<FrameLine>();
    var bytes = 0;
    while (bytes < JOINED_BYTES && waiting.peekFirst() instanceof Waiting.Event(var line)) {
      waiting.removeFirst();
      forget(line);
      lines.add(line);
      bytes += line.bytes().length;
    }
    var joined = channel.alloc().ioBuffer(bytes);
    lines.forEach(line -> joined.writeBytes(line.bytes()));
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
