package dev.atmd.core.registry;

import java.util.List;

/** What came of one command. A refusal is an answer, not an exception. */
public sealed interface Outcome {
  /** Done; no events if there was nothing to change. */
  record Applied(List<SessionEvent> events) implements Outcome {
    public static final Applied NOTHING = new Applied(List.of());

    public Applied {
      events = List.copyOf(events);
    }
  }

  record Changed(ChangeSet changes) implements Outcome {}

  record Listed(Snapshot snapshot) implements Outcome {}

  /**
   * What happened after the event that was asked about.
   *
   * @param seq number of the last of all events
   */
  record Missed(List<SessionEvent> events, long seq) implements Outcome {
    public Missed {
      events = List.copyOf(events);
    }
  }

  record Watched(List<ProcessStamp> processes) implements Outcome {
    public Watched {
      processes = List.copyOf(processes);
    }
  }

  record Explained(Explanation explanation) implements Outcome {}

  /** The session asked for is over. */
  record Over(Ended ended) implements Outcome {}

  /** There is no session of that name, and there was none lately. */
  record Unknown() implements Outcome {}

  record Refused(Refusal reason) implements Outcome {}
}
