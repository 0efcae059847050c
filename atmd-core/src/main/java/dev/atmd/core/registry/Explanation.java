package dev.atmd.core.registry;

import dev.atmd.core.session.Question;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import java.time.Instant;
import java.util.List;

/**
 * Why a session is in its state.
 *
 * @param transitions the last changes of its state, the oldest first
 * @param questions what it and its subagents wait with, the oldest first
 * @param running the tools that run as far as is known, the oldest first
 * @param at when it was asked for
 */
public record Explanation(
    Session session,
    List<Transition> transitions,
    List<Question> questions,
    List<ToolCall> running,
    Instant at) {
  public Explanation {
    transitions = List.copyOf(transitions);
    questions = List.copyOf(questions);
    running = List.copyOf(running);
  }
}
