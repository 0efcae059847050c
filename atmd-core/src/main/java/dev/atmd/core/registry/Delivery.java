package dev.atmd.core.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a report reached us.
 *
 * @param eventId the sender's own id of it; a second report with the same id changes nothing
 * @param sentAt when it happened by the sender's clock; null means now
 * @param identity how it names its session
 * @param waited whether it lay somewhere until now, as nobody took it when it was sent
 */
public record Delivery(
    @Nullable String eventId, @Nullable Instant sentAt, IdentityRule identity, boolean waited) {
  /** Of a report that comes straight from its sender. */
  public Delivery(@Nullable String eventId, @Nullable Instant sentAt, IdentityRule identity) {
    this(eventId, sentAt, identity, false);
  }

  /** A protocol 1.0 message: no id, no time. */
  public static final Delivery PLAIN = new Delivery(null, null, IdentityRule.BY_PROCESS);

  /** With what the report says of itself where its sender says nothing. */
  public Delivery or(@Nullable String ownId, @Nullable Instant ownTime) {
    return new Delivery(
        eventId == null ? ownId : eventId, sentAt == null ? ownTime : sentAt, identity, waited);
  }

  /** The same report after it has waited. */
  public Delivery afterWaiting() {
    return new Delivery(eventId, sentAt, identity, true);
  }

  /** Whether it says that it happened before that moment. */
  boolean isBefore(Instant moment) {
    return sentAt != null && sentAt.isBefore(moment);
  }

  /** When it happened: not after now, whatever the sender's clock says. */
  Instant happenedAt(Instant now) {
    return sentAt == null || sentAt.isAfter(now) ? now : sentAt;
  }
}
