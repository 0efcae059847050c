package dev.atmd.client.top;

import dev.atmd.client.feed.FeedEvent;

/** Whatever the thread that draws waits for. */
sealed interface Happening {
  record Fed(FeedEvent event) implements Happening {}

  record Pressed(Key key) implements Happening {}

  record Answered(Told told) implements Happening {}

  record Resized() implements Happening {}

  /** Ctrl-Z. */
  record Suspended() implements Happening {}
}
