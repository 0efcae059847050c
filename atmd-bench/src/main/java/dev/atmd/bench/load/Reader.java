package dev.atmd.bench.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** What is done with that which one connection gets. Called by one thread; must not block. */
@FunctionalInterface
public interface Reader {
  /**
   * Reads once.
   *
   * @return how many bytes, or -1 at the end of the stream
   */
  int read(SocketChannel channel) throws IOException;
}
