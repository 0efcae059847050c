package dev.atmd.client.top;

import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import java.util.List;

/** What came of an {@link Effect}. */
sealed interface Told {
  /** It was done, or why not. */
  record Done(String text, boolean isTrouble) implements Told {}

  record Explained(String id, ExplanationView explanation) implements Told {}

  record Unexplained(String id, String why) implements Told {}

  /** The sessions that are over, so far as there is history. */
  record Recalled(List<Over> sessions) implements Told {
    public Recalled {
      sessions = List.copyOf(sessions);
    }
  }

  /** The last lines of a pane. */
  record Peeked(PaneId pane, List<String> lines) implements Told {
    public Peeked {
      lines = List.copyOf(lines);
    }
  }
}
