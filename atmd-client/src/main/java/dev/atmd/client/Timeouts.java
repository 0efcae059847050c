package dev.atmd.client;

import java.time.Duration;

/** How long to wait for a daemon: to accept and greet, and to answer one question. */
public record Timeouts(Duration handshake, Duration reply) {
  /** What the reference command waits for a line (atm-protocol §1.3). */
  public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));

  public Timeouts {
    if (!handshake.isPositive() || !reply.isPositive()) {
      throw new IllegalArgumentException("timeouts must be positive: " + handshake + ", " + reply);
    }
  }
}
