package dev.atmd.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.ContextUsage;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.TokenCounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example of atm-behaviour §3. */
class DisplayTest {
  @ParameterizedTest
  @CsvSource({
    "0, $0.00",
    "0.000001, $0.0000",
    "0.004, $0.0040",
    "0.00999, $0.0100",
    "0.01, $0.01",
    "0.35, $0.35",
    "0.125, $0.12",
    "0.375, $0.38",
    "1.005, $1.00",
    "9.995, $9.99",
    "10, $10.0",
    "12.25, $12.2",
    "12.35, $12.3",
    "99.95, $100.0",
    "100, $100",
    "100.5, $100",
    "101.5, $102",
    "1234567.891, $1234568",
    "-0.5, $-0.50",
    "-0.001, $-0.00",
    "-12, $-12.00"
  })
  void showsMoney(double dollars, String shown) {
    assertThat(Display.cost(Money.ofDollars(dollars))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1.0K",
    "1143, 1.1K",
    "1499, 1.5K",
    "9999, 10.0K",
    "10000, 10K",
    "15999, 15K",
    "999999, 999K",
    "1000000, 1.0M",
    "1250000, 1.2M",
    "-9223372036854775808, 9223372036854.8M",
    "-1, 18446744073709.6M"
  })
  void showsTokensAsUnsignedCounts(long count, String shown) {
    assertThat(Display.tokens(count)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "43000, 200000, 21.5% (43K/200K)",
    "0, 200000, 0.0% (0/200K)",
    "5, 0, 0.0% (5/0)",
    "1143, 200000, 0.6% (1.1K/200K)",
    "250000, 200000, 100.0% (250K/200K)"
  })
  void showsTheContext(long used, long window, String shown) {
    var context = new ContextUsage(window, new TokenCounts(used, 0, 0, 0), 0, 0, null);

    assertThat(Display.context(context)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "999, 0s",
    "59999, 59s",
    "60000, 1m",
    "61000, 1m 1s",
    "135000, 2m 15s",
    "3599999, 59m 59s",
    "3600000, 1h",
    "3661000, 1h 1m",
    "90000000, 25h"
  })
  void showsADuration(long millis, String shown) {
    assertThat(Display.duration(Duration.ofMillis(millis))).isEqualTo(shown);
  }

  @Test
  void showsLines() {
    assertThat(Display.lines(new LinesChanged(150, 30))).isEqualTo("+150 -30");
    assertThat(Display.lines(new LinesChanged(-1, 0))).isEqualTo("+18446744073709551615 -0");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, now",
    "0, 0s ago",
    "59, 59s ago",
    "60, 1m ago",
    "3599, 59m ago",
    "3600, 1h ago",
    "86399, 23h ago",
    "86400, 1d ago",
    "8640000, 100d ago"
  })
  void showsAnAge(long seconds, String shown) {
    var since = Instant.parse("2026-11-21T12:00:00Z");

    assertThat(Display.age(since, since.plusSeconds(seconds))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "/home/dev/shop, /home/dev/shop",
    "/123456789/123456789/123456789, /123456789/123456789/123456789",
    "/123456789/123456789/1234567890, ...456789/123456789/1234567890",
    "/home/josé/abcdefghijklmnopqrstuvwx, ...é/abcdefghijklmnopqrstuvwx",
    "/home/josé/abcdefghijklmnopqrstuvwxy, .../abcdefghijklmnopqrstuvwxy",
    "'', ''"
  })
  void showsTheEndOfALongDirectory(String path, String shown) {
    assertThat(Display.directory(path)).isEqualTo(shown);
  }

  @Test
  void neverCutsADirectoryInsideACharacter() {
    for (var filler = 0; filler < 8; filler++) {
      var path = "/" + "x".repeat(filler) + "\uD83D\uDE00".repeat(12);

      assertThat(Display.directory(path))
          .startsWith("...")
          .isEqualTo("..." + "\uD83D\uDE00".repeat(6));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T06:34:46.964637879Z, 2026-11-21T06:34:46.964637879+00:00",
    "2026-11-21T06:34:46.96463Z, 2026-11-21T06:34:46.964630+00:00",
    "2026-11-21T06:34:46.5Z, 2026-11-21T06:34:46.500+00:00",
    "2026-11-21T06:34:00Z, 2026-11-21T06:34:00+00:00"
  })
  void writesATimestamp(String instant, String written) {
    assertThat(Display.timestamp(Instant.parse(instant))).isEqualTo(written);
  }

  @Test
  void roundsAsExactlyAsTheNumberIs() {
    var random = new SplittableRandom(1);
    for (var i = 0; i < 200_000; i++) {
      var dollars =
          random.nextInt(4) == 0 ? random.nextInt(20_000) / 1_000.0 : random.nextDouble(0.01, 10);
      var money = Money.ofDollars(dollars < 0.01 || dollars >= 10 ? 1 : dollars);
      var exact = new BigDecimal(money.dollars()).setScale(2, RoundingMode.HALF_EVEN);
      assertThat(Display.cost(money)).isEqualTo("$" + exact.toPlainString());
    }
  }

  @Test
  void writesTimesAsTheStandardDoes() {
    var random = new SplittableRandom(1);
    for (var i = 0; i < 50_000; i++) {
      var second = random.nextLong(-70_000_000_000L, 260_000_000_000L);
      var nano =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000_000;
            case 2 -> random.nextInt(1_000_000) * 1_000;
            default -> random.nextInt(1_000_000_000);
          };
      var instant = Instant.ofEpochSecond(second, nano);
      assertThat(Display.timestamp(instant))
          .isEqualTo(DateTimeFormatter.ISO_INSTANT.format(instant).replaceFirst("Z$", "+00:00"));
    }
  }
}
