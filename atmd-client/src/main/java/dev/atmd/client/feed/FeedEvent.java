package dev.atmd.client.feed;

import dev.atmd.protocol.message.DaemonMessage;
import java.io.IOException;
import java.time.Duration;

/** What a watcher is told by its feed. */
public sealed interface FeedEvent {
  /** A line as it came; what it means follows as {@link News}. */
  record Line(String json) implements FeedEvent {}

  record News(DaemonMessage message) implements FeedEvent {}

  record Lost(IOException cause, Duration retryIn) implements FeedEvent {}

  record Back() implements FeedEvent {}
}
