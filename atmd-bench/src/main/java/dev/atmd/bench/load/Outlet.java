package dev.atmd.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The sending side of a connection of a {@link Drain}; the same thread uses it. */
public final class Outlet {
  private final SelectionKey key;
  private final SocketChannel channel;
  private final ByteBuffer pending;
  private final Reader answers;

  Outlet(SelectionKey key, int capacity, Reader answers) {
    this.key = key;
    this.channel = (SocketChannel) key.channel();
    this.pending = ByteBuffer.allocateDirect(capacity).limit(0);
    this.answers = answers;
  }

  /** Whether all has been written that was put in. */
  public boolean isEmpty() {
    return !pending.hasRemaining();
  }

  /** Where to put the next bytes, when all before them have been written. */
  public ByteBuffer refill() {
    if (!isEmpty()) {
      throw new IllegalStateException(pending.remaining() + " bytes still wait");
    }
    return pending.clear();
  }

  /** Writes what was put in; the rest follows when the server reads. */
  public void send() throws IOException {
    pending.flip();
    flush();
  }

  void flush() throws IOException {
    channel.write(pending);
    var interest = pending.hasRemaining() ? SelectionKey.OP_WRITE : 0;
    key.interestOps(SelectionKey.OP_READ | interest);
  }

  Reader answers() {
    return answers;
  }
}
