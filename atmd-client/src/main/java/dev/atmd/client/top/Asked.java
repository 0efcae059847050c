package dev.atmd.client.top;

import dev.atmd.client.text.SessionWords;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.SessionView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session waits for its user with: what must not have changed between the moment somebody
 * reads it and the moment it is answered.
 */
record Asked(
    String since,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String text,
    @Nullable String target) {
  /** Nothing unless it is known to wait, and a daemon of 1.1 says for what. */
  static Optional<Asked> of(SessionView view) {
    var plain = view.plain();
    return plain == null || SessionWords.statusOf(view) != Status.ATTENTION_NEEDED
        ? Optional.empty()
        : Optional.of(
            new Asked(
                plain.since(),
                plain.reason(),
                view.activityDetail(),
                plain.question(),
                plain.target()));
  }
}
