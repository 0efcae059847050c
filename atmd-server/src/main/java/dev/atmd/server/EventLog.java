package dev.atmd.server;

import static java.lang.System.Logger.Level.INFO;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;

/** Logs which sessions come and go; never what they say. */
final class EventLog implements EventSink {
  private static final System.Logger LOG = System.getLogger("dev.atmd.sessions");

  @Override
  public void accept(SessionEvent event) {
    switch (event) {
      case Registered(_, var session) ->
          LOG.log(
              INFO,
              "{0} began: harness {1}, pid {2}",
              session.id().abbreviated(),
              session.harness().tag(),
              session.pid());
      case Removed(_, var id, var reason, _) ->
          LOG.log(INFO, "{0} is gone: {1}", id.abbreviated(), reason.tag());
      case Updated _ -> {}
    }
  }

  @Override
  public void endOfBatch() {}
}
