package dev.atmd.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A daemon that plays what a test tells it. Each connection runs the play on a thread of its own
 * and is closed at its end.
 */
public final class FakeDaemon implements AutoCloseable {
  public static final String CONNECTED =
      """
      {"type":"connected","protocol_version":{"major":1,"minor":1},"client_id":"client-7"}\
      """;

  private final Path socket;
  private final ServerSocketChannel server;
  private final Play play;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  private FakeDaemon(Path socket, ServerSocketChannel server, Play play) {
    this.socket = socket;
    this.server = server;
    this.play = play;
  }

  public static FakeDaemon at(Path socket, Play play) throws IOException {
    Files.deleteIfExists(socket);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    var daemon = new FakeDaemon(socket, server, play);
    Thread.ofVirtual().start(daemon::accept);
    return daemon;
  }

  /** A daemon that greets, then answers each line as {@code answers} says. */
  public static FakeDaemon answering(Path socket, Answers answers) throws IOException {
    return at(
        socket,
        peer -> {
          peer.readLine();
          peer.send(CONNECTED);
          for (var line = peer.readLine(); !line.isEmpty(); line = peer.readLine()) {
            answers.answer(line).forEach(peer::send);
          }
        });
  }

  /** Every line of every client so far. */
  public List<String> heard() {
    return peers.stream().flatMap(peer -> peer.heard.stream()).toList();
  }

  public Path socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var peer : peers) {
      peer.close();
    }
    Files.deleteIfExists(socket);
  }

  private void accept() {
    try {
      while (true) {
        var peer = new Peer(server.accept());
        peers.add(peer);
        Thread.ofVirtual().start(() -> serve(peer));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private void serve(Peer peer) {
    try (peer) {
      play.play(peer);
    } catch (IOException | UncheckedIOException _) {
      // The client left; whether it should have is for the test to say.
    }
  }

  /** One client, as the daemon sees it. */
  public static final class Peer implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Peer(SocketChannel channel) {
      this.channel = channel;
    }

    /** The next line without its end; empty at the end of the stream. */
    public String readLine() throws IOException {
      var line = new ByteArrayOutputStream();
      while (channel.read(one.clear()) > 0 && one.get(0) != '\n') {
        line.write(one.get(0));
      }
      var text = line.toString(StandardCharsets.UTF_8);
      if (!text.isEmpty()) {
        heard.add(text);
      }
      return text;
    }

    public void send(String line) {
      sendRaw((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public void sendRaw(byte[] bytes) {
      try {
        for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
          channel.write(rest);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** What the daemon does with one client. */
  @FunctionalInterface
  public interface Play {
    void play(Peer peer) throws IOException;
  }

  /** The lines that answer a line. */
  @FunctionalInterface
  public interface Answers {
    List<String> answer(String line);
  }
}
