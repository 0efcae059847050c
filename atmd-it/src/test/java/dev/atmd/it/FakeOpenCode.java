package dev.atmd.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** OpenCode's server as far as its events go: one path with a stream, a page elsewhere. */
final class FakeOpenCode implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("fake-opencode-", 0).factory());
  private final String path;
  private final String authorization;
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch gone = new CountDownLatch(1);

  /** Set by the test, read by the threads of the server. */
  private volatile boolean hangs;

  private FakeOpenCode(HttpServer server, String path, String authorization) {
    this.server = server;
    this.path = path;
    this.authorization = authorization;
  }

  /** On any port, with its stream at this path. */
  static FakeOpenCode at(String path) {
    return start(0, path, "");
  }

  /** On this port, wanting this header "Authorization" unless it is empty. */
  static FakeOpenCode start(int port, String path, String authorization) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      var fake = new FakeOpenCode(HttpServer.create(address, 0), path, authorization);
      fake.server.createContext("/", fake::answer);
      fake.server.setExecutor(fake.threads);
      fake.server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Requests that it has had for its stream. */
  int requests() {
    return requests.get();
  }

  /** From now on it answers nobody, and says nothing. */
  void hang() {
    hangs = true;
  }

  void awaitClient() {
    Waiting.until("somebody listens to " + url() + path, () -> !streams.isEmpty());
  }

  /** Sends an event to all who listen. */
  void send(Object message) {
    sendText("data: " + Wire.json(message) + "\n\n");
  }

  /** Of the first generation, as all of its directories' events are told. */
  void sendGlobal(String type, Object... properties) {
    var event = Wire.fields("type", type, "properties", Wire.fields(properties));
    send(Wire.fields("directory", "/nowhere/web", "payload", event));
  }

  void sendText(String text) {
    streams.removeIf(stream -> !isWritten(stream, text));
  }

  private static boolean isWritten(OutputStream stream, String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      reply(exchange, 200, "text/html");
      return;
    }
    requests.incrementAndGet();
    var given = exchange.getRequestHeaders().getFirst("Authorization");
    if (!authorization.isEmpty() && !authorization.equals(given)) {
      reply(exchange, 401, "text/plain");
      return;
    }
    if (!hangs) {
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      var stream = exchange.getResponseBody();
      stream.write(
          "data: {\"type\":\"server.connected\",\"properties\":{}}\n\n"
              .getBytes(StandardCharsets.UTF_8));
      stream.flush();
      streams.add(stream);
    }
    try {
      gone.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, int status, String type) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  /** A message of the second generation. */
  static Map<String, Object> durable(
      String id, String type, String session, long created, int seq) {
    return Wire.fields(
        "id",
        id,
        "created",
        created,
        "type",
        type,
        "durable",
        Wire.fields("aggregateID", session, "seq", seq, "version", 1),
        "location",
        Wire.fields("directory", "/nowhere/web"),
        "data",
        Wire.fields("sessionID", session));
  }

  /** Vanishes: connections are cut, the port is free. */
  @Override
  public void close() {
    server.stop(0);
    gone.countDown();
    threads.shutdownNow();
  }
}
