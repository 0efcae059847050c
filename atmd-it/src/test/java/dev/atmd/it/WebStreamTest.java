package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dashboard's stream of events over a real connection, without a browser. */
class WebStreamTest {
  private static final Pattern COOKIE = Pattern.compile("set-cookie: ([^;]+);");
  private static final Pattern LAST_ID = Pattern.compile("id: (\\S+)");
  private static final int EVENTS = 5_000;

  /** Less than an outbox holds. */
  private static final int BATCH = 20;

  private static final int RECEIVED_BYTES = 16 * 1_024;

  private final InProcessDaemon daemon =
      InProcessDaemon.start("web.listen=127.0.0.1:0", "limits.outbox_bytes=65536");

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void goesOnAfterTheLastEventThatWasSeen() {
    var cookie = cookie();
    try (var fleet = fleet()) {
      fleet.prompt("a", 0, "One");
      String place;
      try (var stream = Stream.open(port(), cookie, "")) {
        stream.readUntil("\"session_list\"");
        place = stream.readUntil("id: ");
      }
      fleet.prompt("b", 0, "Two");
      fleet.settle();

      var id = LAST_ID.matcher(place);
      assertThat(id.find()).as(place).isTrue();
      try (var stream = Stream.open(port(), cookie, "Last-Event-ID: " + id.group(1))) {
        assertThat(stream.readUntil("data: ")).contains("\"type\":\"resumed\"");
        assertThat(stream.readUntil("session_updated")).contains("\"id\":\"b\"");
      }
    }
  }

  @Test
  void beginsWithAListForWhoComesFromAnotherRun() {
    try (var stream = Stream.open(port(), cookie(), "Last-Event-ID: 00000000-0000:7")) {
      assertThat(stream.readUntil("data: ")).contains("\"type\":\"session_list\"");
    }
  }

  /** A frozen tab holds what its own outbox may hold, and delays nobody. */
  @Test
  void costsNobodyElseAnythingWhenItIsNotRead() {
    try (var frozen = Stream.open(port(), cookie(), "");
        var live = daemon.subscribed();
        var prober = daemon.greeted();
        var fleet = fleet()) {
      frozen.readUntil("\"session_list\"");

      for (var i = 0; i < EVENTS; i++) {
        fleet.event("s" + i % 1_000, 0, "PreToolUse", "tool_name", "Tool" + i);
        if (i % BATCH == BATCH - 1) {
          for (var heard = 0; heard < BATCH; heard++) {
            live.expect("session_updated");
          }
        }
      }

      prober.send(Wire.message("metrics"));
      var metrics = prober.expect("metrics").path("text").asText();
      assertThat(gauge(metrics, "atmd_outboxes_bytes")).isLessThan(4 * 65_536.0);
      assertThat(gauge(metrics, "atmd_subscribers_lagged_total")).isPositive();
      assertThat(gauge(metrics, "atmd_web_streams")).isEqualTo(1);
    }
  }

  private static double gauge(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private Fleet fleet() {
    return Fleet.of(daemon, daemon.directory() + "/src");
  }

  private int port() {
    return URI.create(daemon.dashboard()).getPort();
  }

  private String cookie() {
    var token = URI.create(daemon.dashboard()).getFragment().substring("token=".length());
    var body = "{\"token\":\"" + token + "\"}";
    try (var stream =
        Stream.send(
            port(),
            "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)) {
      var cookie = COOKIE.matcher(stream.readUntil("set-cookie"));
      assertThat(cookie.find()).isTrue();
      return cookie.group(1);
    }
  }

  /** A connection that is read only as far as it is asked to. */
  private record Stream(Socket socket, BufferedReader lines) implements AutoCloseable {
    static Stream open(int port, String cookie, String header) {
      return send(
          port,
          "GET /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: "
              + cookie
              + "\r\n"
              + (header.isEmpty() ? "" : header + "\r\n")
              + "\r\n");
    }

    static Stream send(int port, String request) {
      try {
        var socket = new Socket();
        socket.setReceiveBufferSize(RECEIVED_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        socket.setSoTimeout((int) TestClient.PATIENCE.toMillis());
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return new Stream(
            socket,
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 256));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The next line with this in it. */
    String readUntil(String part) {
      try {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.contains(part)) {
            return line;
          }
        }
        throw new AssertionError("the stream ended before " + part);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
