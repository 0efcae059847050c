package dev.atmd.server.broadcast;

import dev.atmd.protocol.message.Detail;
import dev.atmd.server.broadcast.Backlog.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
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
  private final Backlog waiting;

  /** Events above which the next collapse is worth its while. */
  private int collapseAbove;

  /** Whether it has collapsed since it was last empty. */
  private boolean collapsed;

  /** Writes that the socket has not taken yet. */
  private int unsent;

  private final ChannelFutureListener written = this::written;
  private long lastProgress = System.nanoTime();
  private boolean closing;

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
    this.waiting = new Backlog(budget);
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
    return waiting.replies();
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
    noteBeginning();
    waiting.add(pieces);
    pump();
  }

  /** A line that goes out before everything that waits, but for a line that has been begun. */
  void sendFirst(Iterator<byte[]> line) {
    noteBeginning();
    waiting.addFirst(line);
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
      return;
    }
    noteBeginning();
    if (!collapsed && waiting.add(slice)) {
      pump();
      giveWay();
    } else {
      broadcast(slice.frames(), slice.detail());
    }
  }

  /** Frames that wait one by one, as those of a filter or of one that has fallen behind do. */
  void broadcast(List<Frame> frames, Detail detail) {
    noteBeginning();
    for (var frame : frames) {
      waiting.add(frame.line(detail));
    }
    pump();
    giveWay();
  }

  /** Keeps what waits within its bounds. */
  private void giveWay() {
    if (waiting.events() > collapseAbove || waiting.bytes() > budget.limits().bytes()) {
      collapse();
    } else if (collapsed && budget.isExhausted()) {
      overflow();
    }
  }

  /** Forgets the events that wait: a snapshot will say it all. */
  public void dropEvents() {
    waiting.dropEvents();
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

  private void noteBeginning() {
    if (isIdle()) {
      lastProgress = System.nanoTime();
    }
  }

  /** Keeps of each session the newest event only. Done at most once per doubling, so cheap. */
  private void collapse() {
    var before = waiting.events();
    waiting.keepNewest();
    collapsed = true;
    owner.collapsed(before - waiting.events());
    if (waiting.events() > maxEvents() || waiting.bytes() > budget.limits().bytes() / 2) {
      overflow();
    }
    collapseAbove = Math.max(maxEvents(), 2 * waiting.events());
  }

  private void overflow() {
    var dropped = waiting.events();
    dropEvents();
    owner.overflowed(dropped);
  }

  private void writeNext() {
    switch (waiting.first()) {
      case Waiting.Reply reply -> write(Unpooled.wrappedBuffer(waiting.takePiece(reply)));
      case Waiting.Shared shared -> write(waiting.take(shared));
      case Waiting.Event _ -> writeEvents();
    }
  }

  /** Writes the events at the head, as many as make one good write. */
  private void writeEvents() {
    var lines = waiting.takeEvents(JOINED_BYTES);
    var bytes = 0;
    for (var line : lines) {
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
