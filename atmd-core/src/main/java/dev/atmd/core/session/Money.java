package dev.atmd.core.session;

/** An amount of US dollars in millionths. May be negative; saturates at the range of a long. */
public record Money(long micros) {
  public static final Money ZERO = new Money(0);
  private static final double MICROS_PER_DOLLAR = 1_000_000.0;

  /** Rounded half away from zero to a millionth (atm-behaviour §3). */
  public static Money ofDollars(double dollars) {
    var scaled = dollars * MICROS_PER_DOLLAR;
    var magnitude = Math.abs(scaled);
    // The difference is exact; adding one half to the magnitude might not be.
    var whole = Math.floor(magnitude);
    var rounded = magnitude - whole >= 0.5 ? whole + 1 : whole;
    return new Money((long) Math.copySign(rounded, scaled));
  }

  public double dollars() {
    return micros / MICROS_PER_DOLLAR;
  }
}
