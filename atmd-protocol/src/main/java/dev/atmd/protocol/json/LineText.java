package dev.atmd.protocol.json;

import dev.atmd.protocol.message.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether the bytes of a line are text at all: UTF-8 without gaps, and no escape that names half a
 * character. A JSON parser alone accepts both where it skips a value.
 */
final class LineText {
  private LineText() {}

  /** What is wrong with the line; null if nothing is. */
  static @Nullable Fault check(byte[] line, int length) {
    if (isPlain(line, length)) {
      return null;
    }
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
    } catch (CharacterCodingException _) {
      return new Fault(ErrorCode.INVALID_UTF8, "the line is not valid UTF-8");
    }
    return hasLoneSurrogate(line, length)
        ? new Fault(ErrorCode.MALFORMED, "lone surrogate in a \\u escape")
        : null;
  }

  /** Seven-bit text without a backslash, which is nearly every line. */
  private static boolean isPlain(byte[] line, int length) {
    var i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if (!Words.isPlain(Words.at(line, i))) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (line[i] < 0 || line[i] == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasLoneSurrogate(byte[] line, int length) {
    var i = 0;
    while (i < length - 1) {
      if (line[i] != '\\') {
        i++;
      } else if (line[i + 1] != 'u') {
        i += 2;
      } else {
        var unit = escapedUnit(line, i, length);
        if (isHigh(unit)) {
          if (!isLow(escapedUnit(line, i + 6, length))) {
            return true;
          }
          i += 12;
        } else if (isLow(unit)) {
          return true;
        } else {
          i += 6;
        }
      }
    }
    return false;
  }

  /** The value of the escape that starts at {@code at}; -1 if none does. */
  private static int escapedUnit(byte[] line, int at, int length) {
    if (at + 6 > length || line[at] != '\\' || line[at + 1] != 'u') {
      return -1;
    }
    var value = 0;
    for (var i = at + 2; i < at + 6; i++) {
      value = value << 4 | Character.digit(line[i], 16);
    }
    return value;
  }

  private static boolean isHigh(int unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
  }

  private static boolean isLow(int unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
  }

  record Fault(ErrorCode code, String message) {}
}
