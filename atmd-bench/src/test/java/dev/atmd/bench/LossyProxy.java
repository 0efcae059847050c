package dev.atmd.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Stands before a daemon and forgets all lines of one kind but the first, on each connection. */
final class LossyProxy implements Closeable {
  private final ServerSocketChannel server;
  private final Path daemon;
  private final Predicate<String> kind;

  private LossyProxy(ServerSocketChannel server, Path daemon, Predicate<String> kind) {
    this.server = server;
    this.daemon = daemon;
    this.kind = kind;
  }

  /** Listens at {@code socket}, and forgets lines that hold this text. */
  static LossyProxy before(Path daemon, Path socket, String text) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    var proxy = new LossyProxy(server, daemon, line -> line.contains(text));
    var _ = Thread.startVirtualThread(proxy::accept);
    return proxy;
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        var peer = SocketChannel.open(UnixDomainSocketAddress.of(daemon));
        var _ = Thread.startVirtualThread(() -> pass(client, peer));
        var _ = Thread.startVirtualThread(() -> pass(peer, client));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private void pass(SocketChannel from, SocketChannel to) {
    try (from;
        to;
        var lines =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(from), StandardCharsets.UTF_8))) {
      var forgets = false;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!kind.test(line)) {
          write(to, line);
        } else if (!forgets) {
          write(to, line);
          forgets = true;
        }
      }
    } catch (IOException _) {
      // One of the two has ended.
    }
  }

  private static void write(SocketChannel to, String line) throws IOException {
    var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
