package dev.atmd.protocol.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** Times as the wire shows them: every view has four, so they are written by hand. */
final class Timestamps {
  private static final int SECONDS_OF_DAY = 86_400;
  private static final byte[] PATTERN =
      "0000-00-00T00:00:00.000000000+00:00".getBytes(StandardCharsets.US_ASCII);
  private static final int OFFSET_LENGTH = 6;
  private static final int NANOS_AT = 20;
  private static final int NANO_DIGITS = 9;

  /** Nearly all times are of one day. Read and set by any thread; each sees a whole one. */
  private static volatile Day latest = new Day(0, LocalDate.EPOCH);

  private Timestamps() {}

  /** A date by its number since 1970. */
  private record Day(long number, LocalDate date) {
    static LocalDate date(long number) {
      var known = latest;
      if (known.number != number) {
        known = new Day(number, LocalDate.ofEpochDay(number));
        latest = known;
      }
      return known.date;
    }
  }

  /** RFC 3339 in UTC with the offset spelled out and 0, 3, 6 or 9 digits of a second. */
  static String text(Instant instant) {
    var second = instant.getEpochSecond();
    var date = Day.date(Math.floorDiv(second, SECONDS_OF_DAY));
    if (date.getYear() < 0 || date.getYear() > 9_999) {
      var text = DateTimeFormatter.ISO_INSTANT.format(instant);
      return text.substring(0, text.length() - 1) + "+00:00";
    }
    var text = PATTERN.clone();
    put(text, 0, 4, date.getYear());
    put(text, 5, 2, date.getMonthValue());
    put(text, 8, 2, date.getDayOfMonth());
    var ofDay = Math.floorMod(second, SECONDS_OF_DAY);
    put(text, 11, 2, ofDay / 3_600);
    put(text, 14, 2, ofDay / 60 % 60);
    put(text, 17, 2, ofDay % 60);
    put(text, NANOS_AT, NANO_DIGITS, instant.getNano());
    return withoutZeros(text, instant.getNano());
  }

  private static void put(byte[] text, int at, int digits, int value) {
    var rest = value;
    for (var i = at + digits - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Digits of a second stand in threes. */
  private static String withoutZeros(byte[] text, int nano) {
    var digits = nano == 0 ? 0 : nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : NANO_DIGITS;
    var end = digits == 0 ? NANOS_AT - 1 : NANOS_AT + digits;
    System.arraycopy(text, NANOS_AT + NANO_DIGITS, text, end, OFFSET_LENGTH);
    return new String(text, 0, end + OFFSET_LENGTH, StandardCharsets.ISO_8859_1);
  }
}
