package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the payload of one report says. */
public sealed interface Payload {
  record Status(StatusReport report) implements Payload {}

  /**
   * An event.
   *
   * @param eventId what its harness calls it, also when it sends it again; null where it does not
   * @param at when it happened by its harness's word
   */
  record Lifecycle(LifecycleReport report, @Nullable String eventId, @Nullable Instant at)
      implements Payload {
    Lifecycle(LifecycleReport report) {
      this(report, null, null);
    }
  }

  /** It says nothing that we follow. */
  record Meaningless(String event) implements Payload {}

  /** An event that its harness is not known to have. */
  record Strange(Harness harness, String event) implements Payload {}

  /** It is not what its harness should send. The message is what the sender is told. */
  record Invalid(String message) implements Payload {}
}
