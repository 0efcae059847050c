package dev.atmd.core.registry;

import java.util.List;

/**
 * What one run of a registry leaves to the next.
 *
 * @param sessions the oldest first
 * @param seenEvents names of the events that have been applied, the oldest first
 */
public record Memory(
    List<KeptSession> sessions, List<EndedSession> ended, List<String> seenEvents) {
  public static final Memory NONE = new Memory(List.of(), List.of(), List.of());

  public Memory {
    sessions = List.copyOf(sessions);
    ended = List.copyOf(ended);
    seenEvents = List.copyOf(seenEvents);
  }
}
