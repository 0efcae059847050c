package dev.atmd.client.cli;

import java.util.Optional;

/** Where the output goes. A question may run a process; ask once a second at most. */
interface Terminal {
  /** Whether somebody looks at it: a terminal that knows cursor movement, not a file or pipe. */
  boolean isInteractive();

  Size size();

  /** What the user types after {@code question}; nothing where there is nobody to ask. */
  default Optional<String> ask(String question) {
    return Optional.empty();
  }

  /** In characters. */
  record Size(int columns, int rows) {
    /** Where nothing has to fit. */
    static final Size UNBOUNDED = new Size(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
