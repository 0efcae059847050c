package dev.atmd.core.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a report reached us.
 *
 * @param eventId the sender's own id of it; a second report with the same id changes nothing
 * @param sentAt when it happened by the sender's clock; null means now
 * @param foundsWithoutPid whether a session may begin by it although no process is named
 */
public record Delivery(
    @Nullable String eventId, @Nullable Instant sentAt, boolean foundsWithoutPid) {
  /** A protocol 1.0 message: no id, no time, and nothing begins without a process. */
  public static final Delivery PLAIN = new Delivery(null, null, false);
}
