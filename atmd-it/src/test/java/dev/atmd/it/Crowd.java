package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Many subscribers that read as fast as one thread can, and keep what each session has cost last.
 * Confined to one thread.
 */
final class Crowd implements AutoCloseable {
  private final Selector selector;
  private final List<Member> members = new ArrayList<>();
  private final byte[] input = new byte[256 * 1024];

  Crowd() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection. */
  static final class Member {
    private final SocketChannel channel;
    private byte[] partial = {};

    /** Cost by session, as the newest message said. */
    final Map<String, Double> costs = new HashMap<>();

    int lists;
    int updates;

    private Member(SocketChannel channel) {
      this.channel = channel;
    }

    void send(String... lines) {
      try {
        var bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
          throw new AssertionError("the daemon does not read a short line");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void take(byte[] bytes, int count) {
      var all = bytes;
      var length = count;
      if (partial.length > 0) {
        all = Arrays.copyOf(partial, partial.length + count);
        System.arraycopy(bytes, 0, all, partial.length, count);
        length = all.length;
      }
      var from = 0;
      for (var i = 0; i < length; i++) {
        if (all[i] == '\n') {
          understand(new String(all, from, i - from, StandardCharsets.UTF_8));
          from = i + 1;
        }
      }
      partial = Arrays.copyOfRange(all, from, length);
    }

    /** Reads what it needs by hand: there are hundreds of thousands of lines. */
    private void understand(String line) {
      if (line.startsWith("{\"type\":\"session_updated\"")) {
        updates++;
        costs.put(between(line, "\"id\":\"", "\""), cost(line));
      } else if (line.startsWith("{\"type\":\"session_list\"")) {
        lists++;
        costs.clear();
        for (var view : Wire.parse(line).path("sessions")) {
          costs.put(view.path("id").asText(), view.path("cost_usd").asDouble());
        }
      } else if (!line.startsWith("{\"type\":\"connected\"")) {
        throw new AssertionError("unexpected: " + line);
      }
      costs.keySet().removeIf(id -> id.startsWith("pending-"));
    }

    private static double cost(String line) {
      return Double.parseDouble(between(line, "\"cost_usd\":", ","));
    }

    private static String between(String line, String before, String after) {
      var from = line.indexOf(before) + before.length();
      return line.substring(from, line.indexOf(after, from));
    }
  }

  Member join(TestDaemon daemon) {
    try {
      var channel = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()));
      var member = new Member(channel);
      channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, member);
      members.add(member);
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Member> members() {
    return members;
  }

  /** Reads until the condition holds. */
  void readUntil(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + 3 * TestClient.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("read in vain until " + what);
      }
      readWhatIsThere();
    }
  }

  private void readWhatIsThere() {
    try {
      selector.select(100);
      for (var key : selector.selectedKeys()) {
        var member = (Member) key.attachment();
        var count = member.channel.read(ByteBuffer.wrap(input));
        if (count < 0) {
          throw new AssertionError("the daemon has closed the connection of a subscriber");
        }
        member.take(input, count);
      }
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      for (var member : members) {
        member.channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
