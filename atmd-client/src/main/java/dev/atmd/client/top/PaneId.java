package dev.atmd.client.top;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pane of tmux, as tmux numbers them: the one form in which a payload's word reaches tmux. */
record PaneId(String value) {
  private static final Pattern FORM = Pattern.compile("%[0-9]{1,9}");

  PaneId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("no pane of tmux: " + value);
    }
  }

  static Optional<PaneId> of(@Nullable String value) {
    return value != null && FORM.matcher(value).matches()
        ? Optional.of(new PaneId(value))
        : Optional.empty();
  }
}
