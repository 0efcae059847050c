package dev.atmd.core.registry;

import dev.atmd.core.session.KeptActivity;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.Transition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the registry knows of a session, so that another run can go on with it. Immutable.
 *
 * @param process the process whose end ends it; null where none can be watched
 * @param reportsEvents whether its harness reports events
 * @param decidedAt the sender's time of the newest event that decided its state
 * @param partedAt of the newest one by which a turn began or ended
 * @param begunAt of the newest one that began a turn or the conversation
 * @param transitions the last changes of its state, the oldest first
 * @param inside what its parent calls it; null unless it runs inside its parent's process
 */
public record KeptSession(
    Session session,
    @Nullable ProcessStamp process,
    boolean reportsEvents,
    Instant decidedAt,
    Instant partedAt,
    Instant begunAt,
    List<Transition> transitions,
    KeptActivity activity,
    @Nullable Membership inside) {
  public KeptSession {
    transitions = List.copyOf(transitions);
  }

  /** The same session, whose process belonged to an earlier run of the machine. */
  public KeptSession afterReboot() {
    return process == null
        ? this
        : new KeptSession(
            session,
            new ProcessStamp(process.pid(), ProcessStamp.GONE),
            reportsEvents,
            decidedAt,
            partedAt,
            begunAt,
            transitions,
            activity,
            inside);
  }
}
