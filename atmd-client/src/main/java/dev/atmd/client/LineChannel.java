package dev.atmd.client;

import dev.atmd.client.AtmdException.ConnectionLost;
import dev.atmd.client.AtmdException.Garbled;
import dev.atmd.client.AtmdException.NotReachable;
import dev.atmd.client.AtmdException.TimedOut;
import dev.atmd.client.AtmdException.Untrusted;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines over a Unix-domain socket, with a time limit for each step. One thread may read while
 * another writes; {@link #close} may come from any thread and ends both.
 */
final class LineChannel implements AutoCloseable {
  /** A list of thousands of sessions with long prompts; more is not a daemon. */
  private static final int MAX_LINE_BYTES = 256 * 1024 * 1024;

  private static final int READ_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;
  private final LineBuffer lines = new LineBuffer(MAX_LINE_BYTES);
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(READ_BYTES);

  private LineChannel(SocketChannel channel, Selector readable, Selector writable) {
    this.channel = channel;
    this.readable = readable;
    this.writable = writable;
  }

  static LineChannel open(Path socket, Duration timeout) throws AtmdException {
    SocketChannel channel = null;
    Selector readable = null;
    Selector writable = null;
    try {
      channel = connected(socket, timeout);
      channel.configureBlocking(false);
      readable = Selector.open();
      writable = Selector.open();
      channel.register(readable, SelectionKey.OP_READ);
      channel.register(writable, SelectionKey.OP_WRITE);
      return new LineChannel(channel, readable, writable);
    } catch (IOException e) {
      closeAll(channel, readable, writable);
      throw e instanceof AtmdException known ? known : NotReachable.refused(socket, e);
    }
  }

  /** Blocks while the daemon's queue of connections is full, which no selector can wait for. */
  private static SocketChannel connected(Path socket, Duration timeout) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    var guard =
        CompletableFuture.runAsync(
            () -> closeAll(channel),
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      DaemonOwner.require(channel, socket);
      return channel;
    } catch (Untrusted e) {
      closeAll(channel);
      throw e;
    } catch (AsynchronousCloseException _) {
      throw new TimedOut("connection to " + socket, timeout);
    } catch (ConnectException e) {
      closeAll(channel);
      throw NotReachable.noDaemon(socket, e);
    } catch (IOException e) {
      closeAll(channel);
      throw Files.exists(socket)
          ? NotReachable.refused(socket, e)
          : NotReachable.noDaemon(socket, e);
    } finally {
      guard.cancel(false);
    }
  }

  /**
   * The next line without its end; null if none is whole within {@code timeout}. What came of it
   * stays for the next call. A null timeout waits as long as it takes.
   */
  byte @Nullable [] read(@Nullable Duration timeout) throws AtmdException {
    var start = System.nanoTime();
    while (true) {
      var line = lines.next();
      if (line != null) {
        return line;
      }
      if (lines.isOverfull()) {
        throw new Garbled("a line of more than " + MAX_LINE_BYTES + " bytes came", null);
      }
      if (!fill() && !awaitReady(readable, timeout, start)) {
        return null;
      }
    }
  }

  /** Writes all of {@code bytes}. */
  void write(byte[] bytes, Duration timeout) throws AtmdException {
    var start = System.nanoTime();
    var rest = ByteBuffer.wrap(bytes);
    try {
      while (rest.hasRemaining()) {
        if (channel.write(rest) == 0 && !awaitReady(writable, timeout, start)) {
          throw new TimedOut("reading by the daemon of what was sent", timeout);
        }
      }
    } catch (AtmdException e) {
      throw e;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Whether bytes came. */
  private boolean fill() throws AtmdException {
    try {
      chunk.clear();
      var count = channel.read(chunk);
      if (count < 0) {
        throw ConnectionLost.ended(lines.pendingBytes());
      }
      lines.append(chunk.flip());
      return count > 0;
    } catch (AtmdException e) {
      throw e;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private boolean awaitReady(Selector selector, @Nullable Duration timeout, long start)
      throws AtmdException {
    try {
      if (timeout == null) {
        select(selector, 0);
        return true;
      }
      var left = timeout.toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      // Rounded up: zero would wait for ever.
      select(selector, (left + 999_999) / 1_000_000);
      return true;
    } catch (ClosedSelectorException e) {
      throw ConnectionLost.closedHere(e);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private static void select(Selector selector, long millis) throws IOException {
    selector.select(_ -> {}, millis);
    if (Thread.currentThread().isInterrupted()) {
      throw new ConnectionLost("the thread that waits for the daemon was interrupted", null);
    }
  }

  private static AtmdException lost(IOException e) {
    return switch (e) {
      case AtmdException known -> known;
      case ClosedChannelException closed -> ConnectionLost.closedHere(closed);
      default -> ConnectionLost.broken(e);
    };
  }

  @Override
  public void close() {
    closeAll(channel, readable, writable);
  }

  private static void closeAll(@Nullable AutoCloseable... parts) {
    for (var part : parts) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception _) {
        // The socket is given up either way; nothing that was promised depends on it.
      }
    }
  }
}
