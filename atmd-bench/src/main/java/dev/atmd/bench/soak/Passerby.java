package dev.atmd.bench.soak;

import dev.atmd.bench.load.Messages;
import dev.atmd.bench.load.StatusLines;
import dev.atmd.bench.load.Wire;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that comes, does one thing that clients do, and goes, again and again. One thread runs
 * it.
 */
final class Passerby implements Runnable {
  private static final int MAX_SESSIONS = 50;
  private static final int MAX_UPDATES = 200;
  private static final int MAX_EVENTS = 300;

  private final UnixDomainSocketAddress address;
  private final boolean listens;
  private final Random random;
  private final AtomicBoolean over;
  private final AtomicLong visits;

  /**
   * @param listens whether it subscribes; somebody else must have something to say then
   * @param over set when it is to stop
   * @param visits counts what has been done
   */
  Passerby(Path socket, boolean listens, long seed, AtomicBoolean over, AtomicLong visits) {
    this.listens = listens;
    this.address = UnixDomainSocketAddress.of(socket);
    this.random = new Random(seed);
    this.over = over;
    this.visits = visits;
  }

  @Override
  public void run() {
    while (!over.get()) {
      try (var wire = Wire.connect(address)) {
        if (listens) {
          subscribe(wire);
        } else if (random.nextInt(4) == 0) {
          wire.write(Messages.HELLO);
        } else {
          liveThrough(wire);
        }
        visits.incrementAndGet();
      } catch (IOException _) {
        // Whoever does not read may be sent away.
      }
    }
  }

  /** Sessions begin, report, and nearly all end. */
  private void liveThrough(Wire wire) throws IOException {
    wire.write(Messages.HELLO);
    var lines = new StatusLines();
    var out = ByteBuffer.allocate(lines.lineBytes());
    var sessions = 1 + random.nextInt(MAX_SESSIONS);
    for (var update = random.nextInt(MAX_UPDATES); update >= 0 && !over.get(); update--) {
      out.clear();
      lines.put(out, random.nextInt(sessions), update);
      wire.write(out.flip());
    }
    for (var session = 0; session < sessions; session++) {
      if (random.nextInt(100) > 0) {
        wire.write(lines.end(session));
      }
    }
    wire.end();
  }

  /** Reads for a while, or not at all, and leaves without a word. */
  private void subscribe(Wire wire) throws IOException {
    wire.write(Messages.HELLO);
    wire.write(Messages.SUBSCRIBE);
    for (var events = random.nextInt(MAX_EVENTS); events > 0 && !over.get(); events--) {
      var _ = wire.readLine();
    }
  }
}
