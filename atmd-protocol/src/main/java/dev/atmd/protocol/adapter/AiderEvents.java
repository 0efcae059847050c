package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Money;
import dev.atmd.protocol.adapter.EventTable.Place;
import java.util.List;

/**
 * The notification and the analytics log of Aider (harnesses §14). It names no session: its process
 * does.
 */
final class AiderEvents {
  /** What its notification is taken for, which has no payload at all. */
  static final String NOTIFICATION = "notification";

  static final EventTable TABLE =
      EventTable.of(Harness.AIDER)
          .at(Place.EVENT, "event")
          .at(Place.MODEL, "properties.main_model")
          .on(List.of(NOTIFICATION, "idle", "Notification"), _ -> new TurnEnded())
          .on(List.of("launched", "cli session"), _ -> new SessionStarted())
          .on("message_send_starting", _ -> new TurnStarted())
          .on("message_send", AiderEvents::sent)
          .on("message_send_exception", AiderEvents::failed)
          .on("exit", _ -> new SessionEnded())
          .build();

  private AiderEvents() {}

  private static LifecycleEvent sent(Facts facts) {
    var cost = facts.number("properties.total_cost");
    return new UsageMeasured(
        facts.count("properties.total_tokens"), cost == null ? null : Money.ofDollars(cost));
  }

  private static LifecycleEvent failed(Facts facts) {
    var exception = facts.text("properties.exception");
    return new TurnFailed(exception == null ? "error" : Questions.cut(exception), null);
  }
}
