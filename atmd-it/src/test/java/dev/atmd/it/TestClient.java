package dev.atmd.it;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * A client that sends any bytes and receives lines. It reads only when it is asked for a line, and
 * waits for nothing without a deadline. Confined to one thread.
 */
final class TestClient implements AutoCloseable {
  /** Far more than anything here takes, also on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int REMEMBERED_LINES = 12;

  private final SocketChannel channel;
  private final Selector selector;
  private final byte[] input = new byte[64 * 1024];
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private final Deque<String> lines = new ArrayDeque<>();
  private final Deque<String> seen = new ArrayDeque<>();
  private boolean ended;
  private long pings;

  private TestClient(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  static TestClient connect(Path socket) {
    try {
      var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      var selector = Selector.open();
      channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      return new TestClient(channel, selector);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + socket, e);
    }
  }

  /** Sends each line with its line end. */
  TestClient send(String... messages) {
    return sendBytes((String.join("\n", messages) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends just these bytes. */
  TestClient sendBytes(byte[] bytes) {
    var accepted = offer(bytes, PATIENCE);
    if (accepted < bytes.length) {
      fail("the daemon took %d of %d bytes; %s", accepted, bytes.length, history());
    }
    return this;
  }

  /** Sends what the daemon takes until it takes nothing for so long, or hangs up; how much. */
  int offer(byte[] bytes, Duration patience) {
    var output = ByteBuffer.wrap(bytes);
    try {
      while (output.hasRemaining()) {
        if (channel.write(output) == 0 && !await(SelectionKey.OP_WRITE, patience.toNanos())) {
          break;
        }
      }
    } catch (IOException _) {
      // The daemon has hung up; what it has said is still there to be read.
    }
    return output.position();
  }

  /** Says that nothing more will be sent. */
  TestClient halfClose() {
    try {
      channel.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line. */
  String line() {
    if (!hasLine(PATIENCE)) {
      fail("no line came%s; %s", ended ? " before the end" : "", history());
    }
    var line = lines.removeFirst();
    if (seen.size() == REMEMBERED_LINES) {
      seen.removeFirst();
    }
    seen.addLast(line.length() <= 300 ? line : line.substring(0, 300) + "...");
    return line;
  }

  /** The next message. */
  JsonNode message() {
    return Wire.parse(line());
  }

  /** The next message, which must be of this type. */
  JsonNode expect(String type) {
    var message = message();
    if (!message.path("type").asText().equals(type)) {
      fail("expected a message of type %s; %s", type, history());
    }
    return message;
  }

  /** The next message, which must be an error with this code. */
  JsonNode expectError(String code) {
    var error = expect("error");
    if (!error.path("code").asText().equals(code)) {
      fail("expected an error with the code %s; %s", code, history());
    }
    return error;
  }

  /** The first message from here on that is like this; what comes before it is passed over. */
  JsonNode await(String what, Predicate<JsonNode> wanted) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && hasLine(PATIENCE)) {
      var message = message();
      if (wanted.test(message)) {
        return message;
      }
    }
    return fail("%s did not come; %s", what, history());
  }

  /** Asks for a sign of life and answers what came before it. */
  List<JsonNode> untilPong() {
    var seq = ++pings + 1_000_000;
    send(Wire.ping(seq));
    var before = new ArrayList<JsonNode>();
    var _ =
        await(
            "the pong with seq " + seq,
            message -> {
              var isPong =
                  message.path("type").asText().equals("pong")
                      && message.path("seq").asLong() == seq;
              if (!isPong) {
                before.add(message);
              }
              return isPong;
            });
    return before;
  }

  /** Asks for a sign of life and answers the lines before it, or those before the end. */
  List<String> linesUntilPong() {
    var pong = "{\"type\":\"pong\",\"seq\":" + (++pings + 1_000_000) + "}";
    var before = new ArrayList<String>();
    if (offer((Wire.ping(pings + 1_000_000) + "\n").getBytes(StandardCharsets.UTF_8), PATIENCE)
        == 0) {
      before.addAll(untilEnd());
      return before;
    }
    while (hasLine(PATIENCE)) {
      var line = line();
      if (line.equals(pong)) {
        return before;
      }
      before.add(line);
    }
    if (!ended) {
      fail("neither a pong nor the end came; %s", history());
    }
    return before;
  }

  /** The connection works, and nothing came before the answer that shows it. */
  void expectQuiet() {
    if (!untilPong().isEmpty()) {
      fail("nothing should have come before the pong; %s", history());
    }
  }

  /** A fresh list of all sessions. */
  List<JsonNode> list() {
    send(Wire.list());
    return sessions(
        await("a list", message -> message.path("type").asText().equals("session_list")));
  }

  static List<JsonNode> sessions(JsonNode list) {
    var sessions = new ArrayList<JsonNode>();
    list.path("sessions").forEach(sessions::add);
    return sessions;
  }

  /** The lines up to the end, which must come. */
  List<String> untilEnd() {
    var rest = new ArrayList<String>();
    while (hasLine(PATIENCE)) {
      rest.add(line());
    }
    if (!ended) {
      fail("the daemon did not close the connection; %s", history());
    }
    return rest;
  }

  /** The daemon closes the connection and says nothing more. */
  void expectEnd() {
    if (!untilEnd().isEmpty()) {
      fail("nothing should have come before the end; %s", history());
    }
  }

  /** Takes what is there without waiting. */
  List<String> available() {
    var taken = new ArrayList<String>();
    while (hasLine(Duration.ZERO)) {
      taken.add(line());
    }
    return taken;
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean hasLine(Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (lines.isEmpty() && !ended) {
      if (!await(SelectionKey.OP_READ, Math.max(0, deadline - System.nanoTime()))) {
        return false;
      }
      read();
    }
    return !lines.isEmpty();
  }

  private boolean await(int operation, long nanos) {
    try {
      var key = channel.keyFor(selector);
      key.interestOps(operation);
      selector.selectedKeys().clear();
      var millis = nanos / 1_000_000;
      return (millis == 0 ? selector.selectNow() : selector.select(millis)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try {
      var count = channel.read(ByteBuffer.wrap(input));
      ended = count < 0;
      split(Math.max(0, count));
    } catch (IOException _) {
      // Reset: the daemon has closed without reading all that was sent.
      ended = true;
    }
    if (ended && partial.size() > 0) {
      fail("the daemon closed inside a line: %s", partial.toString(StandardCharsets.UTF_8));
    }
  }

  private void split(int count) {
    var from = 0;
    for (var i = 0; i < count; i++) {
      if (input[i] == '\n') {
        partial.write(input, from, i - from);
        from = i + 1;
        var line = Strangers.removedFrom(partial.toString(StandardCharsets.UTF_8));
        partial.reset();
        if (line != null) {
          lines.addLast(line);
        }
      }
    }
    partial.write(input, from, count - from);
  }

  private String history() {
    return "seen, the latest last:\n  " + String.join("\n  ", seen) + (ended ? "\n  (end)" : "");
  }
}
