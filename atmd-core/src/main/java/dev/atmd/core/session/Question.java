package dev.atmd.core.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that an agent waits for its user with.
 *
 * @param detail what it is called on the screen: a tool or a word
 * @param text the question itself, where the harness shows it
 * @param requestId what the harness calls the question; null where it does not
 * @param call the tool that may not go on; null where none is named
 * @param asker the subagent session that asks; null for the session itself
 */
public record Question(
    AttentionReason reason,
    String detail,
    @Nullable String text,
    @Nullable String requestId,
    @Nullable ToolCall call,
    @Nullable SessionId asker) {

  /** How much text it holds. */
  int chars() {
    return detail.length()
        + (text == null ? 0 : text.length())
        + (requestId == null ? 0 : requestId.length())
        + (call == null ? 0 : call.chars());
  }

  /** The same question as the parent of this session shows it, whoever below it has asked. */
  public Question askedBy(SessionId child) {
    return new Question(reason, detail, text, requestId, call, child);
  }

  /** Whether nothing says which question it is: a reminder of one that may be known already. */
  boolean isUnnamed() {
    return requestId == null && call == null;
  }

  /** A server may show several forms at once, all by its own name. */
  boolean isSame(Question other) {
    if (requestId != null || other.requestId != null) {
      return requestId != null
          && requestId.equals(other.requestId)
          && (reason != AttentionReason.FORM || Objects.equals(text, other.text));
    }
    return call != null && other.call != null && call.matches(other.call);
  }
}
