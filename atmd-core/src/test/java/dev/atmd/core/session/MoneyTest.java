package dev.atmd.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.35, 350000",
    "-0.5, -500000",
    "0.0000004, 0",
    "0.0000005, 1",
    "-0.0000005, -1",
    "1.4999999e-6, 1",
    "1234567.891, 1234567891000",
    "1e308, 9223372036854775807",
    "-1e308, -9223372036854775808",
    "9223372036854, 9223372036853999616",
    "4.999999999999999e-7, 0",
    "4503599627.370497, 4503599627370497"
  })
  void roundsHalfAwayFromZeroAndSaturates(double dollars, long micros) {
    assertThat(Money.ofDollars(dollars)).isEqualTo(new Money(micros));
  }

  @ParameterizedTest
  @CsvSource({"350000, 0.35", "1, 0.000001", "9223372036854775807, 9223372036854.775"})
  void isDollarsAgain(long micros, double dollars) {
    assertThat(new Money(micros).dollars()).isEqualTo(dollars);
  }
}
