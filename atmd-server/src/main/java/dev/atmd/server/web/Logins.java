package dev.atmd.server.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The tokens that have been given out and log in one browser each, soon. Thread-safe. */
final class Logins {
  /** Long enough to find the browser. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /** Of more the oldest is forgotten. */
  static final int MAX = 16;

  private final AtomicReference<List<Ticket>> open = new AtomicReference<>(List.of());

  private record Ticket(String token, Instant until) {}

  String issue(Instant now) {
    var ticket = new Ticket(Tokens.fresh(), now.plus(LIFETIME));
    open.updateAndGet(before -> {
      var kept = Stream.concat(before.stream(), Stream.of(ticket)).toList();
      return kept.subList(Math.max(0, kept.size() - MAX), kept.size());
    });
    return ticket.token;
  }

  /** Whether this is one of them; it is used up. */
  boolean redeem(String token, Instant now) {
    var before = open.get();
    var left = new ArrayList<Ticket>();
    var found = false;
    for (var ticket : before) {
      var isIt = Tokens.areEqual(ticket.token, token);
      found |= isIt && now.isBefore(ticket.until);
      if (!isIt && now.isBefore(ticket.until)) {
        left.add(ticket);
      }
    }
    return open.compareAndSet(before, List.copyOf(left)) ? found : redeem(token, now);
  }
}
