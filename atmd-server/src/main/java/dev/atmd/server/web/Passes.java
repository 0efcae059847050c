package dev.atmd.server.web;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The cookies of browsers that have logged in: when, and a signature. They hold for one port, since
 * a browser sends cookies to all ports of a machine, and over restarts. Immutable.
 *
 * @param port of the dashboard
 * @param isSecure whether it is served over TLS only
 */
record Passes(WebKeys keys, int port, boolean isSecure) {
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final Pattern VALUE = Pattern.compile("(\\d{1,12})\\.([0-9a-f]{64})");

  /** The name of the cookie. */
  String name() {
    return "atmd-" + port;
  }

  /** A {@code Set-Cookie} for a browser that has just logged in. */
  String issue(Instant now) {
    var issued = Long.toString(now.getEpochSecond());
    return cookie(issued + "." + signature(issued), LIFETIME.toSeconds());
  }

  /** A {@code Set-Cookie} that takes it away. */
  String revoke() {
    return cookie("", 0);
  }

  boolean isValid(String value, Instant now) {
    var read = VALUE.matcher(value);
    if (!read.matches() || !Tokens.areEqual(signature(read.group(1)), read.group(2))) {
      return false;
    }
    var issued = Instant.ofEpochSecond(Long.parseLong(read.group(1)));
    return now.isBefore(issued.plus(LIFETIME));
  }

  private String signature(String issued) {
    return keys.sign("pass " + port + " " + issued);
  }

  private String cookie(String value, long seconds) {
    return name()
        + "="
        + value
        + "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (isSecure ? "; Secure" : "");
  }
}
