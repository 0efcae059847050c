package dev.atmd.protocol.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainNumbersTest {
  private static final int NUMBERS = 1_000_000;
  private static final String BEFORE = "'value':";

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void readsDecimalsLikeTheLibrary() {
    for (var i = 0; i < NUMBERS; i++) {
      var text = digits(1 + random.nextInt(17)) + "." + digits(1 + random.nextInt(20));
      var line = line(text);
      var point = line.length - text.length() + text.indexOf('.');

      var value = PlainNumbers.decimal(line, BEFORE.length(), point, line.length);

      if (value != Double.parseDouble(text)) {
        assertThat(value).as("%s, seed %d", text, seed).isEqualTo(Double.parseDouble(text));
      }
    }
  }

  @Test
  void readsTheShortestFormOfAnyDouble() {
    for (var i = 0; i < NUMBERS; i++) {
      var number = random.nextDouble() * Math.pow(10, random.nextInt(7));
      var text = Double.toString(number);
      if (text.indexOf('E') < 0) {
        var line = line(text);
        var point = line.length - text.length() + text.indexOf('.');

        var value = PlainNumbers.decimal(line, BEFORE.length(), point, line.length);

        assertThat(value == number).as("%s, seed %d", text, seed).isTrue();
      }
    }
  }

  @Test
  void readsIntegersOfEveryLength() {
    for (var length = 1; length <= PlainNumbers.MAX_DIGITS; length++) {
      for (var i = 0; i < 1_000; i++) {
        var text = digits(length);
        var line = line(text);

        assertThat(PlainNumbers.integer(line, BEFORE.length(), line.length))
            .as("%s, seed %d", text, seed)
            .isEqualTo(Long.parseLong(text));
      }
    }
  }

  private static byte[] line(String number) {
    return (BEFORE + number).getBytes(US_ASCII);
  }

  private String digits(int length) {
    var digits = new StringBuilder();
    for (var i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
