package dev.atmd.protocol.message;

import dev.atmd.core.session.ContextUsage;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** The strings of a view, to the letter of atm-behaviour §3. */
final class Display {
  private static final int DIRECTORY_BYTES = 30;
  private static final int DIRECTORY_TAIL_BYTES = 27;

  /** Most ages are of sessions that are busy. */
  private static final List<String> SECONDS_AGO =
      IntStream.range(0, 60).mapToObj(seconds -> seconds + "s ago").toList();

  private static final int[] POWERS = {1, 10, 100, 1_000, 10_000};

  private Display() {}

  static String cost(Money cost) {
    var dollars = cost.dollars();
    if (dollars > 0 && dollars < 0.01) {
      return "$" + rounded(dollars, 4);
    }
    if (dollars < 10) {
      return "$" + rounded(dollars, 2);
    }
    return "$" + rounded(dollars, dollars < 100 ? 1 : 0);
  }

  static String tokens(long count) {
    if (Long.compareUnsigned(count, 1_000) < 0) {
      return Long.toString(count);
    }
    if (Long.compareUnsigned(count, 10_000) < 0) {
      return rounded(count / 1_000.0, 1) + "K";
    }
    if (Long.compareUnsigned(count, 1_000_000) < 0) {
      return count / 1_000 + "K";
    }
    var millions = count >= 0 ? count / 1e6 : (count >>> 1) / 1e6 * 2;
    return rounded(millions, 1) + "M";
  }

  static String context(ContextUsage context) {
    return rounded(context.percentage(), 1)
        + "% ("
        + tokens(context.current().used())
        + "/"
        + tokens(context.window())
        + ")";
  }

  static String duration(Duration duration) {
    var seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + "s");
    }
    var minutes = seconds / 60 % 60;
    return seconds / 3_600 + "h" + (minutes == 0 ? "" : " " + minutes + "m");
  }

  static String lines(LinesChanged lines) {
    return "+"
        + Long.toUnsignedString(lines.added())
        + " -"
        + Long.toUnsignedString(lines.removed());
  }

  static String age(Instant since, Instant now) {
    if (now.isBefore(since)) {
      return "now";
    }
    var seconds = since.until(now, ChronoUnit.SECONDS);
    if (seconds < 60) {
      return SECONDS_AGO.get((int) seconds);
    }
    if (seconds < 3_600) {
      return seconds / 60 + "m ago";
    }
    return seconds < 86_400 ? seconds / 3_600 + "h ago" : seconds / 86_400 + "d ago";
  }

  /** The end of a long path; never cut inside a character. */
  static String directory(String path) {
    if (isAscii(path)) {
      return path.length() <= DIRECTORY_BYTES
          ? path
          : "..." + path.substring(path.length() - DIRECTORY_TAIL_BYTES);
    }
    var bytes = path.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= DIRECTORY_BYTES) {
      return path;
    }
    var start = bytes.length - DIRECTORY_TAIL_BYTES;
    while ((bytes[start] & 0xC0) == 0x80) {
      start++;
    }
    return "..." + new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  private static boolean isAscii(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The last name of a path. */
  static String lastName(String path) {
    var end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /** RFC 3339 in UTC with the offset spelled out and 0, 3, 6 or 9 digits of a second. */
  static String timestamp(Instant instant) {
    return Timestamps.text(instant);
  }

  /** Half to even, as exactly as the number is. */
  private static String rounded(double value, int decimals) {
    var scaled = value * POWERS[decimals];
    var whole = (long) scaled;
    var rest = scaled - whole;
    // Multiplying may have been inexact: near the middle it is worked out in full.
    if (value < 0 || scaled >= 1e9 || Math.abs(rest - 0.5) < 1e-6 || Double.isNaN(value)) {
      return roundedExactly(value, decimals);
    }
    return decimal(rest > 0.5 ? whole + 1 : whole, decimals);
  }

  private static String roundedExactly(double value, int decimals) {
    var text = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    return value < 0 && text.charAt(0) != '-' ? "-" + text : text;
  }

  private static String decimal(long scaled, int decimals) {
    return switch (decimals) {
      case 0 -> Long.toString(scaled);
      case 1 -> scaled / 10 + "." + scaled % 10;
      case 2 -> scaled / 100 + "." + scaled / 10 % 10 + scaled % 10;
      default -> {
        var fraction = Long.toString(scaled % POWERS[decimals]);
        yield scaled / POWERS[decimals] + "." + "0".repeat(decimals - fraction.length()) + fraction;
      }
    };
  }
}
