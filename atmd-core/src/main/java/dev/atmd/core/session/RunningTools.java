package dev.atmd.core.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The tools that one agent runs as far as is known, and those that it has run. Owned by its {@link
 * Activity}.
 */
final class RunningTools {
  /** Far more tools than run at once; beyond it the oldest are forgotten. */
  private static final int MAX_TOOLS = 64;

  private final List<ToolCall> running = new ArrayList<>(1);

  /**
   * Those that ran when the turn began: they go on if the prompt had been waiting, and are over if
   * the user has stopped them without a word.
   */
  private final List<ToolCall> carried = new ArrayList<>(0);

  /** Those that ended, or whose turn did: what is said of them later comes too late. */
  private final SequencedSet<String> finished = new LinkedHashSet<>(2);

  private int finishedChars;

  void restore(List<ToolCall> ofTurn, List<ToolCall> ofTurnBefore, List<String> done) {
    running.addAll(ofTurn);
    carried.addAll(ofTurnBefore);
    finished.addAll(done);
    finishedChars = done.stream().mapToInt(String::length).sum();
  }

  /** Those of the turn before that may go on. */
  List<ToolCall> carried() {
    return List.copyOf(carried);
  }

  /** Ids of those that are done. */
  List<String> finished() {
    return List.copyOf(finished);
  }

  /** How much text it holds. */
  int chars() {
    var chars = finishedChars;
    for (var call : running) {
      chars += call.chars();
    }
    for (var call : carried) {
      chars += call.chars();
    }
    return chars;
  }

  void beginTurn() {
    forgetFinished();
    carried.clear();
    carried.addAll(running);
    running.clear();
  }

  void start(ToolCall call) {
    if (running.size() == MAX_TOOLS) {
      running.removeFirst();
    }
    running.removeIf(other -> isRepeated(other, call));
    carried.removeIf(other -> isRepeated(other, call));
    running.add(call);
  }

  /** Whether the start of this very call has been told already. */
  boolean isStarted(ToolCall call) {
    return running.stream().anyMatch(other -> isRepeated(other, call))
        || carried.stream().anyMatch(other -> isRepeated(other, call));
  }

  private static boolean isRepeated(ToolCall known, ToolCall call) {
    return call.id() != null && call.id().equals(known.id());
  }

  void end(ToolCall call) {
    finish(call);
    if (!removeFirst(running, call)) {
      var _ = removeFirst(carried, call);
    }
  }

  private static boolean removeFirst(List<ToolCall> calls, ToolCall ended) {
    for (var each = calls.iterator(); each.hasNext(); ) {
      if (each.next().matches(ended)) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  void endAll() {
    running.forEach(this::finish);
    carried.forEach(this::finish);
    running.clear();
    carried.clear();
  }

  private void finish(ToolCall call) {
    if (call.id() != null) {
      if (finished.size() == MAX_TOOLS) {
        finishedChars -= finished.removeFirst().length();
      }
      if (finished.add(call.id())) {
        finishedChars += call.id().length();
      }
    }
  }

  /** Forgets also what has been run. */
  void reset() {
    endAll();
    forgetFinished();
  }

  private void forgetFinished() {
    finished.clear();
    finishedChars = 0;
  }

  boolean isFinished(ToolCall call) {
    return call.id() != null && finished.contains(call.id());
  }

  boolean isRunning(ToolCall call) {
    return running.stream().anyMatch(other -> other.matches(call))
        || carried.stream().anyMatch(other -> other.matches(call));
  }

  /** Whether a tool of this name runs. */
  boolean isRunning(String tool) {
    return running.stream().anyMatch(other -> other.tool().equals(tool));
  }

  /** Whether no tool of this turn runs. */
  boolean isEmpty() {
    return running.isEmpty();
  }

  /** The one of this turn that began last. */
  @Nullable ToolCall newest() {
    return running.isEmpty() ? null : running.getLast();
  }

  /** Those of this turn, the oldest first. */
  List<ToolCall> ofTurn() {
    return List.copyOf(running);
  }
}
