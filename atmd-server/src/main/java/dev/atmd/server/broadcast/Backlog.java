package dev.atmd.server.broadcast;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;

/**
 * What waits for one peer, in order, and how much it is: replies, which are never given up, and
 * events, which take their place in the {@link OutboxBudget} for as long as they are in here.
 * Decides nothing. On the event loop of the connection.
 */
final class Backlog {
  private final OutboxBudget budget;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int replies;
  private int events;
  private long bytes;

  /** Whether only some pieces of the first line have been taken. */
  private boolean isInsideLine;

  Backlog(OutboxBudget budget) {
    this.budget = budget;
  }

  /** Something that waits for its turn. */
  sealed interface Waiting {
    record Event(FrameLine line) implements Waiting {}

    /** Events that others get in the same bytes. */
    record Shared(Slice slice) implements Waiting {}

    /** A line in one or more pieces. */
    record Reply(Iterator<byte[]> pieces) implements Waiting {}
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int replies() {
    return replies;
  }

  /** Events, those of slices counted one by one. */
  int events() {
    return events;
  }

  /** The bytes of these events. */
  long bytes() {
    return bytes;
  }

  void add(Iterator<byte[]> reply) {
    waiting.addLast(new Waiting.Reply(reply));
    replies++;
  }

  /** Before everything, but for a line that has been begun. */
  void addFirst(Iterator<byte[]> reply) {
    var begun = isInsideLine ? waiting.removeFirst() : null;
    waiting.addFirst(new Waiting.Reply(reply));
    replies++;
    if (begun != null) {
      waiting.addFirst(begun);
    }
  }

  void add(FrameLine line) {
    line.hold(budget);
    waiting.addLast(new Waiting.Event(line));
    events++;
    bytes += line.bytes().length;
  }

  /** False if no more bytes may be shared: then its events have to be added one by one. */
  boolean add(Slice slice) {
    if (!slice.hold(budget)) {
      return false;
    }
    waiting.addLast(new Waiting.Shared(slice));
    events += slice.frames().size();
    bytes += slice.bytes();
    return true;
  }

  /** What is next. Something must be waiting. */
  Waiting first() {
    return waiting.getFirst();
  }

  /** Takes a piece of the reply that is next; the reply itself goes with the last one. */
  byte[] takePiece(Waiting.Reply reply) {
    var piece = reply.pieces().next();
    isInsideLine = reply.pieces().hasNext();
    if (!isInsideLine) {
      waiting.removeFirst();
      replies--;
    }
    return piece;
  }

  /** Takes the slice that is next; its bytes are to be written once. */
  ByteBuf take(Waiting.Shared shared) {
    waiting.removeFirst();
    var content = shared.slice().content();
    release(shared.slice());
    return content;
  }

  /** Takes the single events that are next, until they have so many bytes or there are no more. */
  List<FrameLine> takeEvents(int enoughBytes) {
    var lines = new ArrayList<FrameLine>();
    var taken = 0;
    while (taken < enoughBytes && waiting.peekFirst() instanceof Waiting.Event(var line)) {
      waiting.removeFirst();
      release(line);
      lines.add(line);
      taken += line.bytes().length;
    }
    return lines;
  }

  /** Forgets all but the newest event of each session, which keep their places. */
  void keepNewest() {
    unshare();
    var newer = new HashSet<>();
    for (var backwards = waiting.descendingIterator(); backwards.hasNext(); ) {
      if (backwards.next() instanceof Waiting.Event(var line) && !newer.add(line.sessionId())) {
        backwards.remove();
        release(line);
      }
    }
  }

  /** Forgets all events. */
  void dropEvents() {
    waiting.removeIf(this::isReleased);
  }

  private boolean isReleased(Waiting next) {
    switch (next) {
      case Waiting.Event(var line) -> release(line);
      case Waiting.Shared(var slice) -> release(slice);
      case Waiting.Reply _ -> {
        return false;
      }
    }
    return true;
  }

  /** From here on each event that waits stands for itself. */
  private void unshare() {
    var all = List.copyOf(waiting);
    waiting.clear();
    for (var next : all) {
      if (next instanceof Waiting.Shared(var slice)) {
        release(slice);
        slice.frames().forEach(frame -> add(frame.line(slice.detail())));
      } else {
        waiting.addLast(next);
      }
    }
  }

  private void release(Slice slice) {
    slice.release(budget);
    events -= slice.frames().size();
    bytes -= slice.bytes();
  }

  private void release(FrameLine line) {
    line.release(budget);
    events--;
    bytes -= line.bytes().length;
  }
}
