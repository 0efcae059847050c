package dev.atmd.it;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes OTLP over HTTP as a collector would, or does not. Thread-safe. */
final class OtlpReceiver implements AutoCloseable {
  private static final int OK = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Export> exports = new CopyOnWriteArrayList<>();

  /** Written by tests, read by the threads that answer. */
  private volatile Manner manner = Manner.TAKES;

  /** How it answers. */
  enum Manner {
    TAKES,
    IS_UNAVAILABLE,
    SAYS_NOTHING,
    TRICKLES
  }

  /** What came in one request. */
  record Export(String path, Headers headers, Map<String, String> resource, List<Metric> metrics) {
    Metric metric(String name) {
      return metrics.stream()
          .filter(metric -> metric.getName().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " among " + names()));
    }

    List<String> names() {
      return metrics.stream().map(Metric::getName).sorted().toList();
    }
  }

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  static OtlpReceiver start() {
    try {
      var place = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var receiver = new OtlpReceiver(HttpServer.create(place, 0));
      receiver.server.setExecutor(receiver.threads);
      receiver.server.createContext("/", receiver::serve);
      receiver.server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics";
  }

  void answers(Manner next) {
    manner = next;
  }

  private void serve(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    exports.add(export(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
    switch (manner) {
      case TAKES -> answer(exchange, OK);
      case IS_UNAVAILABLE -> answer(exchange, 503);
      case SAYS_NOTHING -> awaitClosed();
      case TRICKLES -> {
        exchange.sendResponseHeaders(OK, 1_000);
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
        awaitClosed();
      }
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(status, -1);
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Export export(String path, Headers headers, byte[] body)
      throws InvalidProtocolBufferException {
    var all = ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList();
    var resource = new HashMap<String, String>();
    for (KeyValue one : all.getFirst().getResource().getAttributesList()) {
      resource.put(one.getKey(), one.getValue().getStringValue());
    }
    var metrics =
        all.stream()
            .flatMap(part -> part.getScopeMetricsList().stream())
            .flatMap(scope -> scope.getMetricsList().stream())
            .toList();
    return new Export(path, headers, resource, metrics);
  }

  int count() {
    return exports.size();
  }

  Export last() {
    return exports.getLast();
  }

  /** One that was begun after this was called, and so says all that had happened by then. */
  Export next() {
    var seen = exports.size();
    // The first of these may have been under way.
    Waiting.until("two exports come", () -> exports.size() >= seen + 2, () -> "exports " + seen);
    return exports.get(seen + 1);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
