package dev.atmd.server.web;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place of a line in the stream of events while the line goes by, byte by byte:
 *
 * <pre>
 * {"type":"session_updated","session":{…},"seq":1207,"epoch":"5d85a135-…"}   → 5d85a135-…:1207
 * </pre>
 *
 * The last such pair counts. No text in a line can look like one, since its quotes are escaped. Not
 * thread-safe.
 */
final class PositionScanner {
  private static final byte[] SEQ = ",\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EPOCH = ",\"epoch\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_EPOCH = 64;

  private final StringBuilder seq = new StringBuilder();
  private final StringBuilder epoch = new StringBuilder();
  private Awaited awaited = Awaited.SEQ;
  private int matched;
  private @Nullable String found;

  private enum Awaited {
    SEQ,
    NUMBER,
    EPOCH,
    NAME
  }

  void accept(byte next) {
    switch (awaited) {
      case SEQ -> match(next, SEQ, Awaited.NUMBER);
      case NUMBER -> {
        if (next >= '0' && next <= '9' && seq.length() < 20) {
          seq.append((char) next);
        } else {
          awaited = Awaited.EPOCH;
          match(next, EPOCH, Awaited.NAME);
        }
      }
      case EPOCH -> match(next, EPOCH, Awaited.NAME);
      case NAME -> {
        if (next == '"') {
          found = epoch + ":" + seq;
          restart();
        } else if (epoch.length() < MAX_EPOCH) {
          epoch.append((char) next);
        } else {
          restart();
        }
      }
    }
  }

  /** Where the line stands, or null if it has no place; the next one begins. */
  @Nullable String endOfLine() {
    var place = found;
    found = null;
    restart();
    return place;
  }

  private void match(byte next, byte[] wanted, Awaited then) {
    if (next == wanted[matched]) {
      matched++;
      if (matched == wanted.length) {
        matched = 0;
        awaited = then;
      }
      return;
    }
    restart();
    matched = next == SEQ[0] ? 1 : 0;
  }

  private void restart() {
    awaited = Awaited.SEQ;
    matched = 0;
    seq.setLength(0);
    epoch.setLength(0);
  }
}
