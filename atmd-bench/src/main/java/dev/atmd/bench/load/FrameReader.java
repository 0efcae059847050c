package dev.atmd.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Reads messages that are all of one size, as Redis, NATS and the bare server send them here. */
public final class FrameReader implements Reader {
  private static final int READ_BYTES = 256 * 1024;

  private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);
  private final int frameBytes;
  private final UpdateListener listener;
  private long bytes;
  private int frames;

  public FrameReader(int frameBytes, UpdateListener listener) {
    this.frameBytes = frameBytes;
    this.listener = listener;
  }

  @Override
  public int read(SocketChannel channel) throws IOException {
    var read = channel.read(scratch.clear());
    var now = System.nanoTime();
    bytes += Math.max(0, read);
    for (; frames < bytes / frameBytes; frames++) {
      listener.update(frames, now);
    }
    return read;
  }
}
