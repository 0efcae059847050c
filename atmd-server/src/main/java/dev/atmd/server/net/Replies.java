package dev.atmd.server.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one connection in the order of its requests (atm-protocol §11), however long each
 * takes. On the event loop of the connection.
 */
final class Replies<R> {
  private final Deque<Slot> open = new ArrayDeque<>();
  private final Consumer<R> out;

  Replies(Consumer<R> out) {
    this.out = out;
  }

  /** The place of the reply to one request. */
  final class Slot {
    private boolean filled;
    private @Nullable R reply;
    private @Nullable Consumer<Slot> work;

    private Slot(@Nullable Consumer<Slot> work) {
      this.work = work;
    }

    /** Fills the place; null where there is nothing to say. */
    void fill(@Nullable R reply) {
      this.reply = reply;
      this.filled = true;
      sendWhatIsReady();
    }

    /** Begins the work, if there is any that has not begun; it may fill the place at once. */
    private boolean begins() {
      var begun = work;
      work = null;
      if (begun == null) {
        return false;
      }
      begun.accept(this);
      return true;
    }
  }

  /** Reserves the next place. */
  Slot reserve() {
    var slot = new Slot(null);
    open.addLast(slot);
    return slot;
  }

  /** Reserves the next place for a reply that is worked out only when its turn has come. */
  void defer(Consumer<Slot> work) {
    open.addLast(new Slot(work));
    sendWhatIsReady();
  }

  /** A reply that is known at once. */
  void add(R reply) {
    if (open.isEmpty()) {
      out.accept(reply);
    } else {
      reserve().fill(reply);
    }
  }

  /** Requests that are not answered yet. */
  int open() {
    return open.size();
  }

  private void sendWhatIsReady() {
    for (var first = open.peekFirst(); first != null; first = open.peekFirst()) {
      if (first.filled) {
        open.removeFirst();
        if (first.reply != null) {
          out.accept(first.reply);
        }
      } else if (!first.begins()) {
        return;
      }
    }
  }
}
