package dev.atmd.protocol.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Times as the wire shows them: every view has some, so they are written by hand, and those that
 * were written lately are kept, as a session says in every event when it began. Thread-safe.
 */
final class Timestamps {
  private static final int SECONDS_OF_DAY = 86_400;
  private static final byte[] PATTERN =
      "0000-00-00T00:00:00.000000000+00:00".getBytes(StandardCharsets.US_ASCII);
  private static final int OFFSET_LENGTH = 6;
  private static final int NANOS_AT = 20;
  private static final int NANO_DIGITS = 9;

  /** Spreads hash codes over the ten bits of a slot. */
  private static final int MIX = 0x9E37_79B9;

  private static final int MIX_SHIFT = Integer.SIZE - 10;

  /** One per slot, the latest, so it is bounded; a thread that misses another's writes its own. */
  private static final @Nullable Written[] WRITTEN = new Written[1_024];

  private Timestamps() {}

  /** A time with its text. */
  private record Written(Instant instant, String text) {}

  /** RFC 3339 in UTC with the offset spelled out and 0, 3, 6 or 9 digits of a second. */
  static String text(Instant instant) {
    var slot = (instant.hashCode() * MIX) >>> MIX_SHIFT;
    var known = WRITTEN[slot];
    if (known == null || !known.instant.equals(instant)) {
      known = new Written(instant, written(instant));
      WRITTEN[slot] = known;
    }
    return known.text;
  }

  private static String written(Instant instant) {
    var second = instant.getEpochSecond();
    var date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
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
