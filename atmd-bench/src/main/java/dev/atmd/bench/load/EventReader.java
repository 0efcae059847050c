package dev.atmd.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Reads the lines of a daemon and finds the updates of one run in them, by the cost that each
 * carries:
 *
 * <pre>
 * {"type":"session_updated","session":{"id":"bench-RUN-000007",…,"cost_usd":1000.123,…
 * </pre>
 */
public final class EventReader implements Reader {
  private static final int READ_BYTES = 256 * 1024;
  private static final byte[] COST = "\"cost_usd\":".getBytes(US_ASCII);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_ENDS = 0x0a0a0a0a0a0a0a0aL;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte[] prefix;
  private final UpdateListener listener;
  private byte[] bytes = new byte[READ_BYTES];
  private int length;

  /** Where the cost stood in the line before: it moves by a few bytes at most. */
  private int costAt;

  /**
   * @param sessions what the ids of the sessions of this run begin with
   */
  public EventReader(String sessions, UpdateListener listener) {
    this.prefix =
        ("{\"type\":\"session_updated\",\"session\":{\"id\":\"" + sessions).getBytes(US_ASCII);
    this.listener = listener;
  }

  @Override
  public int read(SocketChannel channel) throws IOException {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    var read = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
    if (read > 0) {
      var from = length;
      length += read;
      takeLines(from, System.nanoTime());
    }
    return read;
  }

  /** Takes all whole lines, and keeps what is left for the next time. */
  private void takeLines(int searched, long now) {
    var start = 0;
    for (var end = lineEnd(searched); end < length; end = lineEnd(start)) {
      takeLine(start, end, now);
      start = end + 1;
    }
    System.arraycopy(bytes, start, bytes, 0, length - start);
    length -= start;
  }

  private void takeLine(int start, int end, long now) {
    if (end - start > prefix.length
        && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length)) {
      var at = cost(start, end);
      if (at >= 0) {
        listener.update(number(at) - StatusLines.FIRST, now);
      }
    }
  }

  /** Where the digits begin, or -1. */
  private int cost(int start, int end) {
    for (var at = start + Math.max(prefix.length, costAt - 16); at < end - COST.length; at++) {
      if (isCost(at)) {
        costAt = at - start;
        return at + COST.length;
      }
    }
    if (costAt > 0) {
      costAt = 0;
      return cost(start, end);
    }
    return -1;
  }

  private boolean isCost(int at) {
    return bytes[at] == COST[0] && Arrays.equals(bytes, at, at + COST.length, COST, 0, COST.length);
  }

  /** Dollars with up to three decimals, as thousandths. */
  private int number(int at) {
    var value = 0;
    var decimals = 0;
    var pointSeen = false;
    for (var i = at; bytes[i] == '.' || (bytes[i] >= '0' && bytes[i] <= '9'); i++) {
      if (bytes[i] == '.') {
        pointSeen = true;
      } else {
        value = value * 10 + bytes[i] - '0';
        decimals += pointSeen ? 1 : 0;
      }
    }
    for (; decimals < 3; decimals++) {
      value *= 10;
    }
    return value;
  }

  /** The next line end from here on, or {@link #length}; eight bytes at a time. */
  private int lineEnd(int from) {
    var at = from;
    for (; at + 8 <= length; at += 8) {
      var difference = (long) LONGS.get(bytes, at) ^ LINE_ENDS;
      var zeros = (difference - LOW_BITS) & ~difference & HIGH_BITS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / 8;
      }
    }
    while (at < length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }
}
