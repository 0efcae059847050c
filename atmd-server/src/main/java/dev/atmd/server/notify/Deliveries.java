package dev.atmd.server.notify;

import static java.lang.System.Logger.Level.INFO;

import dev.atmd.protocol.message.NoticeDelivery;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was told lately, and what came of it. Thread-safe. */
final class Deliveries {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

  private static final int MAX = 200;

  private final Deque<NoticeDelivery> latest = new ArrayDeque<>();

  void add(Notice notice, String channel, String outcome, boolean worked, Instant at) {
    LOG.log(
        INFO,
        "{0} of {1} by {2}: {3}",
        notice.kind().word(),
        notice.session().abbreviated(),
        channel,
        outcome);
    var delivery =
        new NoticeDelivery(
            at,
            notice.kind().word(),
            notice.session().value(),
            notice.title(),
            channel,
            worked,
            outcome);
    synchronized (latest) {
      if (latest.size() == MAX) {
        latest.removeFirst();
      }
      latest.addLast(delivery);
    }
  }

  /** The oldest first. */
  List<NoticeDelivery> all() {
    synchronized (latest) {
      return List.copyOf(latest);
    }
  }
}
