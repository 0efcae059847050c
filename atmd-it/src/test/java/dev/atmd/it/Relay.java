package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands connections on to a port of this machine, until it cuts them. */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int port;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean isCut;

  private Relay(ServerSocket server, int port) {
    this.server = server;
    this.port = port;
  }

  static Relay to(int port) {
    try {
      var relay = new Relay(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), port);
      Thread.ofVirtual().start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ends all connections and accepts none until {@link #mend}. */
  void cut() {
    isCut = true;
    open.forEach(Relay::end);
    open.clear();
  }

  void mend() {
    isCut = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var near = server.accept();
        if (isCut) {
          end(near);
          continue;
        }
        var far = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        open.addAll(List.of(near, far));
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      } catch (IOException _) {
        // Closed, or the daemon is away: whoever comes next may have more luck.
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // Cut.
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is over in any case.
    }
  }

  @Override
  public void close() {
    cut();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
