package dev.atmd.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * All connections of a load, read and written without blocking by the one thread that uses it. Of
 * every system the same, so that it favours none.
 */
public final class Drain implements Closeable {
  private static final int READ_BYTES = 256 * 1024;

  private final Selector selector;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);
  private int ended;

  public Drain() throws IOException {
    this.selector = Selector.open();
  }

  /** Lets this reader have what the connection gets. */
  public void add(Wire wire, Reader reader) throws IOException {
    var _ = wire.nonBlocking().register(selector, SelectionKey.OP_READ, reader);
  }

  /** Counts what the connection gets. */
  public ByteCounter count(Wire wire) throws IOException {
    var counter = new ByteCounter(scratch);
    add(wire, counter);
    return counter;
  }

  /** A connection to write to; what comes back is read as well. */
  public Outlet outlet(Wire wire, int capacity, Reader answers) throws IOException {
    var key = wire.nonBlocking().register(selector, SelectionKey.OP_READ);
    var outlet = new Outlet(key, capacity, answers);
    key.attach(outlet);
    return outlet;
  }

  /** As {@link #outlet(Wire, int, Reader)} for answers that only have to be taken away. */
  public Outlet outlet(Wire wire, int capacity) throws IOException {
    return outlet(wire, capacity, new ByteCounter(scratch));
  }

  /** Reads what there is, and waits for something at most so long; 0 does not wait. */
  public void turn(long waitMillis) throws IOException {
    if (waitMillis == 0) {
      selector.selectNow(this::serve);
    } else {
      selector.select(this::serve, waitMillis);
    }
  }

  /** Connections that their server has closed. */
  public int ended() {
    return ended;
  }

  private void serve(SelectionKey key) {
    try {
      if (key.attachment() instanceof Outlet outlet && key.isWritable()) {
        outlet.flush();
      }
      if (key.isReadable() && reader(key).read((SocketChannel) key.channel()) < 0) {
        end(key);
      }
    } catch (IOException _) {
      end(key); // What it should have got is counted as missing.
    }
  }

  private static Reader reader(SelectionKey key) {
    return key.attachment() instanceof Outlet outlet ? outlet.answers() : (Reader) key.attachment();
  }

  private void end(SelectionKey key) {
    ended++;
    key.cancel();
  }

  @Override
  public void close() throws IOException {
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
