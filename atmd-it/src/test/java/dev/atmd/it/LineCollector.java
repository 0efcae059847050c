package dev.atmd.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where a daemon would, and keeps what it is told. Thread-safe. */
final class LineCollector implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocketChannel server;
  private final List<SocketChannel> unread = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final boolean isReading;

  private LineCollector(ServerSocketChannel server, boolean isReading) {
    this.server = server;
    this.isReading = isReading;
  }

  static LineCollector at(Path socket) {
    return start(socket, true);
  }

  /** One that lets everybody in and reads nothing. */
  static LineCollector hungAt(Path socket) {
    return start(socket, false);
  }

  private static LineCollector start(Path socket, boolean isReading) {
    try {
      Files.createDirectories(socket.getParent());
      Files.deleteIfExists(socket);
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      var collector = new LineCollector(server, isReading);
      Thread.ofPlatform().daemon().name("collector").start(collector::accept);
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        connections.incrementAndGet();
        if (isReading) {
          Thread.ofPlatform().daemon().name("collector-client").start(() -> read(client));
        } else {
          unread.add(client);
        }
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void read(SocketChannel client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException _) {
      // The other side went away; what came counts.
    }
  }

  int connections() {
    return connections.get();
  }

  /** Waits for so many messages, the greeting included. */
  List<JsonNode> awaitMessages(int count) {
    Waiting.until(count + " lines came; so far " + lines, () -> lines.size() >= count);
    return lines.stream().map(LineCollector::parsed).toList();
  }

  /** Waits for a message in which this stands. */
  void awaitMessage(String part) {
    Waiting.until(
        part + " came; so far " + lines,
        () -> lines.stream().anyMatch(line -> line.contains(part)));
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var client : unread) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
