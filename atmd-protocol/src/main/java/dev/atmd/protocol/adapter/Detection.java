package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Harness;

/**
 * Whose payload it really is: several harnesses run hooks that were installed for Claude Code
 * (harnesses §0.4). Where a payload does not show it, the sender is believed.
 */
final class Detection {
  private Detection() {}

  static Harness of(Harness told, Facts facts) {
    if (facts.has("cursor_version")) {
      return Harness.CURSOR;
    }
    if (told != Harness.CLAUDE) {
      return told;
    }
    if (facts.has("conversationId")) {
      return Harness.ANTIGRAVITY;
    }
    if (facts.has("event") && !facts.has("hook_event_name")) {
      return isOfCrush(facts) ? Harness.CRUSH : Harness.GOOSE;
    }
    if (facts.has("turn_id") && facts.has("model") && facts.has("hook_event_name")) {
      return Harness.CODEX;
    }
    var isCopilot =
        facts.has("hook_event_name")
            && facts.has("timestamp")
            && !facts.has("transcript_path")
            && !facts.has("prompt_id");
    return isCopilot ? Harness.COPILOT : told;
  }

  /** Crush has this one hook; that of Goose names what it was matched with. */
  private static boolean isOfCrush(Facts facts) {
    return facts.is("event", "PreToolUse") && !facts.has("matcher_context");
  }
}
