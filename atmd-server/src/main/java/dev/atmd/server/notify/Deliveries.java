package dev.atmd.server.notify;

import static java.lang.System.Logger.Level.INFO;

import dev.atmd.protocol.message.NoticeDelivery;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What was told lately, and what came of it. Thread-safe. */
final class Deliveries {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

  private static final int MAX = 200;

  private final AtomicReference<List<NoticeDelivery>> latest = new AtomicReference<>(List.of());

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
    var _ = latest.updateAndGet(before -> with(delivery, before));
  }

  private static List<NoticeDelivery> with(NoticeDelivery delivery, List<NoticeDelivery> before) {
    var kept = before.stream().skip(Math.max(0, before.size() - MAX + 1));
    return Stream.concat(kept, Stream.of(delivery)).toList();
  }

  /** The oldest first. */
  List<NoticeDelivery> all() {
    return latest.get();
  }
}
