package dev.atmd.core.session;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount of US dollars in millionths. May be negative; saturates at the range of a long. */
public record Money(long micros) {
  public static final Money ZERO = new Money(0);
  private static final double MICROS_PER_DOLLAR = 1_000_000.0;

  /** Rounded half away from zero to a millionth (atm-behaviour §3). */
  public static Money ofDollars(double dollars) {
    var scaled = dollars * MICROS_PER_DOLLAR;
    var rounded = Math.copySign(Math.floor(Math.abs(scaled) + 0.5), scaled);
    var exact = Math.abs(scaled) < 0x1p52 ? halfAwayFromZero(scaled) : rounded;
    return new Money((long) exact);
  }

  public double dollars() {
    return micros / MICROS_PER_DOLLAR;
  }

  /** Math.floor(x + 0.5) is wrong for the largest double below one half; this is not. */
  private static double halfAwayFromZero(double value) {
    return new BigDecimal(value).setScale(0, RoundingMode.HALF_UP).doubleValue();
  }
}
