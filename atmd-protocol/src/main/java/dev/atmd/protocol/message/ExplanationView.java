package dev.atmd.protocol.message;

import dev.atmd.core.registry.Explanation;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a session has its status, as the wire shows it (docs/protocol.md, {@code explain}).
 *
 * @param because why it has its status, as the end of a sentence
 * @param changedBy what would lead to another status
 * @param transitions the last changes of its status, the oldest first
 * @param open what it waits with, the oldest first
 * @param running the tools that run as far as is known
 */
public record ExplanationView(
    SessionView session,
    String because,
    String changedBy,
    List<Change> transitions,
    List<Open> open,
    List<String> running) {
  public ExplanationView {
    transitions = List.copyOf(transitions);
    open = List.copyOf(open);
    running = List.copyOf(running);
  }

  /** A change of status. */
  public record Change(
      String status, @Nullable String detail, String because, SessionView.Evidence evidence) {}

  /**
   * A question.
   *
   * @param asker the subagent session that asks; null for the session itself
   */
  public record Open(String reason, String detail, @Nullable String text, @Nullable String asker) {}

  static ExplanationView of(Explanation explained) {
    Rule rule = explained.session().evidence().rule();
    return new ExplanationView(
        SessionView.of(explained.session(), explained.at()),
        rule.why(),
        rule.changedBy(),
        explained.transitions().stream().map(ExplanationView::change).toList(),
        explained.questions().stream().map(ExplanationView::open).toList(),
        explained.running().stream().map(ExplanationView::running).toList());
  }

  private static Change change(Transition transition) {
    var state = transition.state();
    return new Change(
        state.status().tag(),
        state.detail(),
        transition.evidence().rule().why(),
        SessionView.evidence(transition.evidence()));
  }

  private static Open open(Question question) {
    var asker = question.asker();
    return new Open(
        question.reason().tag(),
        question.detail(),
        question.text(),
        asker == null ? null : asker.value());
  }

  private static String running(ToolCall call) {
    return call.target() == null ? call.tool() : call.tool() + " " + call.target();
  }
}
