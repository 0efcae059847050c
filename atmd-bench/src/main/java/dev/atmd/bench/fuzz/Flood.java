package dev.atmd.bench.fuzz;

import dev.atmd.bench.load.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Broken frames over one connection after the other, each begun anew when the daemon has had enough
 * of it. What is answered is read and forgotten. One thread runs it.
 */
final class Flood implements Runnable {
  private static final int FRAMES_PER_WRITE = 32;

  /** One write in so many is followed by a new connection, whatever the daemon thinks. */
  private static final int WRITES_PER_CONNECTION = 200;

  private static final int READ_BYTES = 64 * 1024;

  private final Path socket;
  private final boolean isHttp;
  private final Random random;
  private final BrokenFrames frames;
  private final AtomicLong left;

  /**
   * @param left frames that all floods together still have to send
   */
  Flood(Path socket, boolean isHttp, long seed, AtomicLong left) {
    this.socket = socket;
    this.isHttp = isHttp;
    this.random = new Random(seed);
    this.frames = new BrokenFrames(random, isHttp);
    this.left = left;
  }

  @Override
  public void run() {
    while (left.get() > 0) {
      try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        pour(channel);
      } catch (IOException _) {
        // The daemon has closed it, as it may.
      }
    }
  }

  private void pour(SocketChannel channel) throws IOException {
    var drain = Thread.ofVirtual().start(() -> drain(channel));
    try {
      if (!isHttp && random.nextInt(10) != 0) {
        write(channel, Messages.HELLO.getBytes(StandardCharsets.UTF_8));
      }
      do {
        var chunk = new ByteArrayOutputStream();
        for (var i = 0; i < FRAMES_PER_WRITE; i++) {
          chunk.writeBytes(frames.next());
        }
        left.addAndGet(-FRAMES_PER_WRITE);
        write(channel, chunk.toByteArray());
      } while (left.get() > 0 && random.nextInt(WRITES_PER_CONNECTION) != 0);
    } finally {
      drain.interrupt();
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
      channel.write(rest);
    }
  }

  private static void drain(SocketChannel channel) {
    var bytes = ByteBuffer.allocate(READ_BYTES);
    try {
      while (channel.read(bytes.clear()) >= 0) {
        // Whether it is right is for the witness to say.
      }
    } catch (IOException _) {
      // The connection is over.
    }
  }
}
