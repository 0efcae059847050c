package dev.atmd.core.registry;

import dev.atmd.core.session.Session;
import java.time.Instant;
import java.util.List;

/**
 * All sessions at one moment, oldest first.
 *
 * @param seq number of the last event that is part of it
 */
public record Snapshot(long seq, Instant takenAt, List<Session> sessions) {
  public Snapshot {
    sessions = List.copyOf(sessions);
  }
}
