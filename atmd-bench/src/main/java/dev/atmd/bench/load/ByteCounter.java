package dev.atmd.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Counts bytes and nothing else, so that the reader is not what bounds a measurement. */
public final class ByteCounter implements Reader {
  private final ByteBuffer scratch;
  private long bytes;

  /**
   * @param scratch shared by all readers of a thread
   */
  ByteCounter(ByteBuffer scratch) {
    this.scratch = scratch;
  }

  public long bytes() {
    return bytes;
  }

  @Override
  public int read(SocketChannel channel) throws IOException {
    var read = channel.read(scratch.clear());
    bytes += Math.max(0, read);
    return read;
  }
}
