package dev.atmd.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of atm-protocol §2. */
class WireNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "135, 135.0",
    "21.5, 21.5",
    "0.35, 0.35",
    "-0.35, -0.35",
    "1234567.891, 1234567.891",
    "9223372036854.775, 9223372036854.775",
    "0.001, 0.001",
    "0.00001, 0.00001",
    "0.0000123, 0.0000123",
    "0.000001, 1e-6",
    "-0.0000015, -1.5e-6",
    "10000000, 10000000.0",
    "12345678.5, 12345678.5",
    "1e15, 1000000000000000.0",
    "1e16, 1e16",
    "1.844674407370955e16, 1.844674407370955e16",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "5e-324, 4.9e-324"
  })
  void writesTheShortestDigitsWithAPointOrAnExponent(double number, String text) {
    assertThat(WireNumbers.text(number)).isEqualTo(text);
  }

  @Test
  void readsBackToTheSameNumber() {
    var seed = 4711L;
    var random = new Random(seed);
    for (var i = 0; i < 20_000; i++) {
      var number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        var text = WireNumbers.text(number);
        assertThat(Double.parseDouble(text)).as("seed %d, %s", seed, text).isEqualTo(number);
        assertThat(text).matches("-?\\d+(\\.\\d+)?(e-?\\d+)?").containsAnyOf(".", "e");
      }
    }
  }
}
