package dev.atmd.client.top;

import java.io.IOException;
import java.util.List;

/** The panes of the terminal multiplexer; each call may run a process, for two seconds at most. */
interface Panes {
  /**
   * A pane as it is.
   *
   * @param pid the process that was started in it
   * @param isScrolled whether keys scroll it instead of reaching its program
   */
  record Pane(long pid, boolean isScrolled, boolean isDead) {}

  /** The pane, or an exception that says why there is none. */
  Pane find(PaneId pane) throws IOException;

  /** Has the user look at the pane. */
  void go(PaneId pane) throws IOException;

  void type(PaneId pane, Typing typing) throws IOException;

  /** The last lines it shows that are not blank. */
  List<String> tail(PaneId pane, int lines) throws IOException;
}
