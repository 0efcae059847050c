package dev.atmd.protocol.adapter;

import static dev.atmd.core.session.AttentionReason.PERMISSION;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.protocol.adapter.EventTable.Place;

/** Hooks of Droid (harnesses §9). */
final class DroidEvents {
  static final EventTable TABLE =
      EventTable.of(Harness.DROID)
          .like(ClaudeEvents.SHARED)
          .at(Place.FORMER, "previous_session_id")
          .on("Notification", DroidEvents::notification)
          .build();

  private DroidEvents() {}

  /** Older versions do not say what they notify of: then it is a permission. */
  private static LifecycleEvent notification(Facts facts) {
    return switch (facts.text("notification_type")) {
      case null -> permission(facts);
      case "permission_prompt" -> permission(facts);
      case "idle_prompt" -> new TurnEnded();
      default -> new Noticed();
    };
  }

  private static LifecycleEvent permission(Facts facts) {
    return Questions.reminder(PERMISSION, "Permission", facts.text("message"));
  }
}
