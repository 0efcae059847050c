package dev.atmd.client;

import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import java.io.IOException;
import java.time.Duration;

/**
 * Hears what a {@link SessionFeed} brings, always on the thread of that feed and one call at a
 * time. A call may block, which holds up the feed and nobody else; the daemon then sends only the
 * newest state of each session.
 */
public interface SessionListener {
  /** Each event as the daemon wrote it, before the call that says what it means. */
  default void received(String json) {}

  /** All sessions: replaces what was known. */
  void list(SessionList list);

  void updated(SessionUpdated update);

  void removed(SessionRemoved removal);

  /** The daemon is lost, or was not found; what was known may be old. */
  default void disconnected(IOException cause, Duration retryIn) {}

  /** The daemon is back after {@link #disconnected}; a list follows, or only what was missed. */
  default void reconnected() {}
}
