package dev.atmd.protocol.message;

import dev.atmd.core.session.SessionFilter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber wants. All but one session id in the filter is protocol 1.1.
 *
 * @param interval how long after one event the next is sent at the earliest; zero for at once
 * @param since up to where it knows everything already; null if it knows nothing
 */
public record SubscribeRequest(
    SessionFilter filter, Detail detail, Duration interval, @Nullable Position since) {
  /** Everything, at once, from the beginning. */
  public static final SubscribeRequest ALL = of(SessionFilter.ALL);

  /** What protocol 1.0 can ask for. */
  public static SubscribeRequest of(SessionFilter filter) {
    return new SubscribeRequest(filter, Detail.FULL, Duration.ZERO, null);
  }

  /** The same of a client of protocol 1.0, to which everything is what that knows. */
  public SubscribeRequest basic() {
    return detail == Detail.FULL
        ? new SubscribeRequest(filter, Detail.BASIC, interval, since)
        : this;
  }

  /** The same of who knows everything up to there. */
  public SubscribeRequest since(@Nullable Position known) {
    return new SubscribeRequest(filter, detail, interval, known);
  }
}
