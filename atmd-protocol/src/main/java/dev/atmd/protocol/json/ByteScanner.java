package dev.atmd.protocol.json;

import java.util.Arrays;

/**
 * Finds where the values of one line end as long as it is plain: ASCII, no escapes, no exponents,
 * not deep. Every byte it passes is checked. At anything else, be it an error or only unusual, it
 * gives up: for good, and by answering the end of the line, where nothing more is found.
 *
 * <p>A position goes in and a position comes out, so that it stays in a register: with a position
 * of its own the scanner takes twice as long. Confined to one call of {@link ClientMessageReader}.
 */
final class ByteScanner {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** Together with the levels above a value that is skipped, below what Jackson allows. */
  private static final int MAX_LEVELS = 32;

  /** Of no more bytes and without an exponent, a number is surely in the range of a double. */
  private static final int MAX_NUMBER_BYTES = 300;

  private final byte[] line;
  private final int end;
  private boolean gaveUp;

  ByteScanner(byte[] line, int length) {
    this.line = line;
    this.end = length;
  }

  boolean hasGivenUp() {
    return gaveUp;
  }

  /** Answers the end of the line. */
  int giveUp() {
    gaveUp = true;
    return end;
  }

  /** The byte there; zero at the end. */
  byte byteAt(int at) {
    return at < end ? line[at] : 0;
  }

  /** Behind the white space there, if any. */
  int behindSpace(int at) {
    return at < end && line[at] > ' ' ? at : behindAllSpace(at);
  }

  private int behindAllSpace(int from) {
    var at = from;
    while (at < end && isSpace(line[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte next) {
    return next == ' ' || next == '\t' || next == '\r' || next == '\n';
  }

  /** Behind this byte, which must stand there. */
  int behind(char wanted, int at) {
    return byteAt(at) == wanted ? at + 1 : giveUp();
  }

  /** Behind a string. */
  int behindString(int at) {
    return byteAt(at) == '"' ? behindText(at + 1) : giveUp();
  }

  private int behindText(int from) {
    var at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      var special = Words.specialBytes(Words.at(line, at));
      if (special != 0) {
        return behind('"', at + Words.first(special));
      }
    }
    while (at < end && line[at] >= ' ' && line[at] != '"' && line[at] != '\\') {
      at++;
    }
    return behind('"', at);
  }

  /** Behind the digits there, of which there must be one. */
  int behindDigits(int from) {
    var at = from;
    while (at < end && line[at] >= '0' && line[at] <= '9') {
      at++;
    }
    return at > from ? at : giveUp();
  }

  /** Behind the digits of a number, which begin with a zero only if they are one. */
  int behindInteger(int from) {
    var at = behindDigits(from);
    return at - from > 1 && line[from] == '0' ? giveUp() : at;
  }

  /** Behind a number, or at an exponent. */
  int behindNumber(int from) {
    var at = behindInteger(byteAt(from) == '-' ? from + 1 : from);
    if (byteAt(at) == '.') {
      at = behindDigits(at + 1);
    }
    return at - from <= MAX_NUMBER_BYTES ? at : giveUp();
  }

  int behindNull(int at) {
    return behind(NULL, at);
  }

  int behindBoolean(int at) {
    return behind(byteAt(at) == 't' ? TRUE : FALSE, at);
  }

  private int behind(byte[] literal, int at) {
    var to = at + literal.length;
    return to <= end && Arrays.equals(line, at, to, literal, 0, literal.length) ? to : giveUp();
  }

  /** Behind a value, whatever it is. */
  int behindValue(int at) {
    return behindValue(at, MAX_LEVELS);
  }

  private int behindValue(int at, int levels) {
    return switch (byteAt(at)) {
      case '"' -> behindText(at + 1);
      case '{' -> levels == 0 ? giveUp() : behindObject(at + 1, levels - 1);
      case '[' -> levels == 0 ? giveUp() : behindArray(at + 1, levels - 1);
      case 't', 'f' -> behindBoolean(at);
      case 'n' -> behindNull(at);
      default -> behindNumber(at);
    };
  }

  private int behindObject(int from, int levels) {
    var at = behindSpace(from);
    if (byteAt(at) == '}') {
      return at + 1;
    }
    while (true) {
      at = behind(':', behindSpace(behindString(at)));
      at = behindSpace(behindValue(behindSpace(at), levels));
      if (byteAt(at) != ',') {
        return behind('}', at);
      }
      at = behindSpace(at + 1);
    }
  }

  private int behindArray(int from, int levels) {
    var at = behindSpace(from);
    if (byteAt(at) == ']') {
      return at + 1;
    }
    while (true) {
      at = behindSpace(behindValue(at, levels));
      if (byteAt(at) != ',') {
        return behind(']', at);
      }
      at = behindSpace(at + 1);
    }
  }
}
