package dev.atmd.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each request with 204 as a daemon would, one per connection. Thread-safe. */
final class HttpCollector implements AutoCloseable {
  /** A request; headers by their names in small letters. */
  record Request(String line, TreeMap<String, String> headers, String body) {}

  private final ServerSocketChannel server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private HttpCollector(ServerSocketChannel server) {
    this.server = server;
  }

  static HttpCollector at(Path socket) {
    try {
      Files.createDirectories(socket.getParent());
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      var collector = new HttpCollector(server);
      Thread.ofPlatform().daemon().name("http-collector").start(collector::accept);
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofPlatform().daemon().name("http-collector-client").start(() -> serve(client));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(
                    Channels.newInputStream(client), StandardCharsets.ISO_8859_1))) {
      var line = in.readLine();
      var headers = new TreeMap<String, String>();
      for (var header = in.readLine();
          header != null && !header.isEmpty();
          header = in.readLine()) {
        var parts = header.split(": *", 2);
        headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
      }
      var body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
      for (var at = 0; at < body.length; ) {
        at += in.read(body, at, body.length - at);
      }
      requests.add(new Request(String.valueOf(line), headers, new String(body)));
      var answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
      client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException _) {
      // The other side went away; what came counts.
    }
  }

  List<Request> awaitRequests(int count) {
    Waiting.until(count + " requests came; so far " + requests, () -> requests.size() >= count);
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
