package dev.atmd.protocol.json;

import java.math.BigDecimal;

/** Doubles as atm-protocol §2 wants them: shortest digits, always with a point or an exponent. */
final class WireNumbers {
  private static final int MIN_POSITIONAL_EXPONENT = -5;
  private static final int MAX_POSITIONAL_EXPONENT = 15;

  private WireNumbers() {}

  static String text(double number) {
    var shortest = Double.toString(number);
    return shortest.indexOf('E') < 0 ? shortest : repositioned(shortest);
  }

  private static String repositioned(String shortest) {
    var decimal = new BigDecimal(shortest).stripTrailingZeros();
    var digits = decimal.unscaledValue().abs().toString();
    var exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= MIN_POSITIONAL_EXPONENT && exponent <= MAX_POSITIONAL_EXPONENT) {
      var plain = decimal.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    var sign = decimal.signum() < 0 ? "-" : "";
    var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return sign + digits.charAt(0) + fraction + "e" + exponent;
  }
}
