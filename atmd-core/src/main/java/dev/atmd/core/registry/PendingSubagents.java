package dev.atmd.core.registry;

import dev.atmd.core.session.AgentType;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Subagents that were announced and whose process has not been seen (R14), oldest first. Owned by
 * the {@link SessionTable}.
 */
final class PendingSubagents {
  /** How long after its announcement a process may still be taken for a subagent. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More than any agent starts within the patience. */
  private static final int MAX = 1_024;

  private final Deque<Announced> announced = new ArrayDeque<>();

  /** One announcement. */
  record Announced(
      String agentId, SessionId parent, ProcessStamp parentProcess, AgentType type, Instant at) {}

  void add(Announced subagent) {
    if (announced.size() == MAX) {
      announced.removeFirst();
    }
    announced.addLast(subagent);
  }

  void drop(String agentId) {
    announced.removeIf(subagent -> subagent.agentId.equals(agentId));
  }

  void dropExpired(Instant now) {
    announced.removeIf(subagent -> isExpired(subagent, now));
  }

  /** Takes the announcement that this process fulfils. */
  Optional<Announced> take(Pid pid, ProcessTable processes, Instant now) {
    dropExpired(now);
    var match =
        announced.stream()
            .filter(subagent -> startedBy(pid, subagent.parentProcess, processes))
            .findFirst();
    match.ifPresent(announced::remove);
    return match;
  }

  private static boolean startedBy(Pid pid, ProcessStamp parent, ProcessTable processes) {
    return processes.descends(pid, parent.pid())
        && processes.find(parent.pid()).filter(parent::equals).isPresent();
  }

  private static boolean isExpired(Announced subagent, Instant now) {
    return !subagent.at.plus(PATIENCE).isAfter(now);
  }
}
