package dev.atmd.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON being written, byte for byte as Jackson would (docs/decisions/0015): every event
 * is written once, and that is most of what an event costs. Fields stand where an object is open,
 * elements where an array is. Not thread-safe.
 */
final class JsonLine {
  /** A view without a long prompt fits. */
  private static final int USUAL_BYTES = 2_048;

  /** What is kept for the next line. */
  private static final int MOST_KEPT_BYTES = 64 * 1_024;

  /** The most that one character takes: an escape. */
  private static final int BYTES_OF_CHAR = 6;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_LONG = 20;
  private static final String NULL = "null";

  /** A comma, two quotes and a colon. */
  private static final int MARKS_OF_NAME = 4;

  /** Division of an int is several times as fast as that of a long. */
  private static final int BILLION = 1_000_000_000;

  private static final int DIGITS_OF_BILLION = 9;
  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  /** Below it, doubles are closer to each other than thousandths are. */
  private static final long MOST_THOUSANDTHS = 1_000_000_000_000L;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int size;
  private boolean needsComma;

  void beginObject() {
    begin('{');
  }

  void beginObject(String name) {
    name(name);
    begin('{');
  }

  void endObject() {
    end('}');
  }

  void beginArray(String name) {
    name(name);
    begin('[');
  }

  void endArray() {
    end(']');
  }

  /** The next value is that of the field with this name, which is plain ASCII. */
  void name(String name) {
    name(name, 0);
    needsComma = false;
  }

  /** Writes the name of a field, and makes room for so many bytes of its value. */
  @SuppressWarnings("deprecation") // Cuts off high bytes, of which a name has none; and is fast.
  private void name(String name, int valueBytes) {
    var length = name.length();
    reserve(length + MARKS_OF_NAME + valueBytes);
    var to = bytes;
    var at = size;
    if (needsComma) {
      to[at++] = ',';
    }
    to[at++] = '"';
    name.getBytes(0, length, to, at);
    at += length;
    to[at++] = '"';
    to[at++] = ':';
    size = at;
    needsComma = true;
  }

  void field(String name, @Nullable String value) {
    if (value == null) {
      name(name, NULL.length());
      plain(NULL);
    } else {
      name(name, value.length() * BYTES_OF_CHAR + 2);
      quoted(value);
    }
  }

  /** A field whose value is ASCII. Characters that do not stand for themselves are escaped. */
  void ascii(String name, String value) {
    var length = value.length();
    name(name, length * BYTES_OF_CHAR + 2);
    bytes[size++] = '"';
    var start = size;
    plain(value);
    if (!isPlain(start)) {
      size = start;
      writeFrom(0, value, length);
    }
    bytes[size++] = '"';
  }

  /** Whether all from there on can stand in a string. */
  private boolean isPlain(int start) {
    var at = start;
    for (; at <= size - Long.BYTES; at += Long.BYTES) {
      if (Words.specialBytes(Words.at(bytes, at)) != 0) {
        return false;
      }
    }
    while (at < size && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at == size;
  }

  void field(String name, boolean value) {
    var text = value ? "true" : "false";
    name(name, text.length());
    plain(text);
  }

  void field(String name, long value) {
    if (value >= 0) {
      name(name, LONGEST_LONG);
      positive(value);
    } else {
      literal(name, Long.toString(value));
    }
  }

  /** A number that uses all 64 bits. */
  void unsigned(String name, long value) {
    if (value >= 0) {
      field(name, value);
    } else {
      literal(name, Long.toUnsignedString(value));
    }
  }

  void field(String name, double value) {
    var thousandths = (long) (value * 1_000 + 0.5);
    if (thousandths > 0 && thousandths < MOST_THOUSANDTHS && thousandths / 1_000.0 == value) {
      name(name, LONGEST_LONG + 4);
      decimal(thousandths);
    } else {
      literal(name, WireNumbers.text(value));
    }
  }

  /**
   * Three decimals without the zeros behind them, but for one. No other number of so few digits is
   * the same double, so these are the shortest. Room has been made.
   */
  private void decimal(long thousandths) {
    positive(thousandths / 1_000);
    var fraction = (int) (thousandths % 1_000);
    bytes[size++] = '.';
    bytes[size++] = (byte) ('0' + fraction / 100);
    if (fraction % 100 != 0) {
      bytes[size++] = (byte) ('0' + fraction / 10 % 10);
      if (fraction % 10 != 0) {
        bytes[size++] = (byte) ('0' + fraction % 10);
      }
    }
  }

  private void literal(String name, String text) {
    name(name, text.length());
    plain(text);
  }

  /** A string as an element of an array. */
  void element(String value) {
    separate();
    reserve(value.length() * BYTES_OF_CHAR + 2);
    quoted(value);
  }

  /** Room has been made. */
  private void quoted(String value) {
    var length = value.length();
    bytes[size++] = '"';
    var prefix = plainPrefix(value, length);
    if (prefix < length) {
      writeFrom(prefix, value, length);
    }
    bytes[size++] = '"';
  }

  /** What is written as it is, and is plain ASCII. Room has been made. */
  @SuppressWarnings("deprecation")
  private void plain(String text) {
    var length = text.length();
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  /** Copies characters that stand for themselves; answers how many there were. */
  private int plainPrefix(String value, int length) {
    var to = bytes;
    var at = size;
    var i = 0;
    for (; i < length; i++) {
      var c = value.charAt(i);
      if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      to[at + i] = (byte) c;
    }
    size = at + i;
    return i;
  }

  private void writeFrom(int start, String value, int length) {
    for (var i = start; i < length; i++) {
      var c = value.charAt(i);
      if (c < 0x80) {
        writeAscii(c);
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xC0 | (c >> 6));
        tail(c, 0);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        writePair(Character.toCodePoint(c, value.charAt(++i)));
      } else {
        var unit = Character.isSurrogate(c) ? '\uFFFD' : c;
        bytes[size++] = (byte) (0xE0 | (unit >> 12));
        tail(unit, 6);
        tail(unit, 0);
      }
    }
  }

  private void writePair(int codePoint) {
    bytes[size++] = (byte) (0xF0 | (codePoint >> 18));
    tail(codePoint, 12);
    tail(codePoint, 6);
    tail(codePoint, 0);
  }

  private void tail(int codePoint, int shift) {
    bytes[size++] = (byte) (0x80 | ((codePoint >> shift) & 0x3F));
  }

  private void writeAscii(char c) {
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\b' -> escape('b');
      case '\t' -> escape('t');
      case '\n' -> escape('n');
      case '\f' -> escape('f');
      case '\r' -> escape('r');
      default -> {
        if (c >= ' ') {
          bytes[size++] = (byte) c;
        } else {
          escape('u');
          bytes[size++] = '0';
          bytes[size++] = '0';
          bytes[size++] = HEX[c >> 4];
          bytes[size++] = HEX[c & 0xF];
        }
      }
    }
  }

  private void escape(char letter) {
    bytes[size++] = '\\';
    bytes[size++] = (byte) letter;
  }

  /** Room has been made. */
  private void positive(long value) {
    if (value > Integer.MAX_VALUE) {
      var high = value / BILLION;
      positive(high);
      put((int) (value - high * BILLION), DIGITS_OF_BILLION);
    } else {
      put((int) value, digitsOf((int) value));
    }
  }

  private static int digitsOf(int value) {
    var digits = 1;
    while (digits < POWERS.length && value >= POWERS[digits]) {
      digits++;
    }
    return digits;
  }

  /** So many digits, with zeros before them; room has been made. */
  private void put(int value, int length) {
    var at = size + length;
    size = at;
    var rest = value;
    for (var left = length; left > 0; left--) {
      var next = rest / 10;
      bytes[--at] = (byte) ('0' + (rest - next * 10));
      rest = next;
    }
  }

  private void begin(char bracket) {
    separate();
    reserve(1);
    bytes[size++] = (byte) bracket;
    needsComma = false;
  }

  private void end(char bracket) {
    reserve(1);
    bytes[size++] = (byte) bracket;
    needsComma = true;
  }

  /** A value follows, and after it another one may. */
  private void separate() {
    if (needsComma) {
      reserve(1);
      bytes[size++] = ',';
    }
    needsComma = true;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  int size() {
    return size;
  }

  /** What has been written since this was last asked. */
  byte[] take() {
    var taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }

  /** The line is complete; another one may be begun. */
  byte[] end() {
    reserve(1);
    bytes[size++] = '\n';
    needsComma = false;
    var line = take();
    if (bytes.length > MOST_KEPT_BYTES) {
      bytes = new byte[USUAL_BYTES];
    }
    return line;
  }
}
