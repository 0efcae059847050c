package dev.atmd.core.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.atmd.core.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are over, remembered for a while: what is late does not bring them back. Owned by
 * the {@link Population}; time is that of its commands.
 */
final class EndedSessions {
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  /** Twenty thousand with ids of usual length; a sender may choose much longer ones. */
  private static final long MAX_WEIGHT = 20_000L * 128;

  private static final int WEIGHT_WITHOUT_ID = 64;

  private final Cache<SessionId, EndedSession> ended =
      Caffeine.newBuilder()
          .expireAfter(Expiry.<SessionId, EndedSession>writing((_, session) -> remaining(session)))
          .maximumWeight(MAX_WEIGHT)
          .weigher((SessionId id, EndedSession _) -> WEIGHT_WITHOUT_ID + id.value().length())
          .ticker(this::nanos)
          .executor(Runnable::run)
          .build();

  private final Journal journal;
  private Instant now = Instant.EPOCH;
  private long nanos;

  EndedSessions(Journal journal) {
    this.journal = journal;
  }

  private long nanos() {
    return nanos;
  }

  private Duration remaining(EndedSession session) {
    return Duration.between(now, session.until());
  }

  void now(Instant time) {
    now = time;
    nanos = Math.max(nanos, Duration.between(Instant.EPOCH, now).toNanos());
  }

  void add(SessionId id, RemovalReason reason, Instant at) {
    var session = new EndedSession(id, new Ended(at, reason), now.plus(REMEMBERED));
    ended.put(id, session);
    journal.ended(session);
  }

  /** One that an earlier run remembered. */
  void restore(EndedSession session) {
    ended.put(session.id(), session);
  }

  /** All that are remembered now. */
  List<EndedSession> all() {
    return List.copyOf(ended.asMap().values());
  }

  void forget(SessionId id) {
    ended.invalidate(id);
  }

  Optional<Ended> find(SessionId id) {
    return Optional.ofNullable(ended.getIfPresent(id)).map(EndedSession::end);
  }

  /**
   * Whether a report of this session comes too late.
   *
   * @param begins whether it says that a turn or a conversation begins
   * @param sentAt the sender's time; null where it has not said
   */
  boolean isOver(SessionId id, boolean begins, @Nullable Instant sentAt) {
    var end = ended.getIfPresent(id);
    return end != null && (!begins || (sentAt != null && sentAt.isBefore(end.end().at())));
  }
}
