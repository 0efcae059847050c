package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Pid;
import dev.atmd.core.session.TmuxPane;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a payload knows besides.
 *
 * @param event the name of the event, where the payload has none
 */
public record Sender(@Nullable Pid pid, @Nullable TmuxPane pane, @Nullable String event) {
  public static final Sender UNKNOWN = new Sender(null, null, null);
}
