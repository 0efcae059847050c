package dev.atmd.protocol.adapter;

import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.ToolCall;
import org.jspecify.annotations.Nullable;

/** Questions and tools as several harnesses write them. */
final class Questions {
  /** Long enough to recognise a command by. */
  private static final int MAX_TEXT_CHARS = 400;

  private Questions() {}

  /** The tool of a payload in Claude's words; null where none is named. */
  static @Nullable ToolCall call(Facts facts) {
    var tool = facts.name("tool_name");
    // A name that cannot be read is lost; that a tool was used is not.
    var name = tool == null && facts.fields().contains("tool_name") ? "tool" : tool;
    return call(facts, name, facts.name("tool_use_id", "tool_call_id"));
  }

  static @Nullable ToolCall call(Facts facts, @Nullable String tool, @Nullable String id) {
    return call(facts, tool, id, "tool_input.");
  }

  static @Nullable ToolCall call(
      Facts facts, @Nullable String tool, @Nullable String id, String input) {
    return tool == null || tool.isBlank()
        ? null
        : new ToolCall(tool.strip(), id, target(facts, input));
  }

  /** What a tool is used on. */
  static @Nullable String target(Facts facts, String input) {
    return shortened(
        facts.text(
            input + "command",
            input + "file_path",
            input + "path",
            input + "pattern",
            input + "url",
            input + "query",
            input + "description"));
  }

  /** A question about a tool: some tools are questions themselves. */
  static LifecycleEvent aboutTool(Facts facts, ToolCall call) {
    return switch (call.tool()) {
      case "AskUserQuestion", "ask_user", "ask_user_question" ->
          raised(
              AttentionReason.QUESTION,
              call.tool(),
              facts.text("tool_input.questions[0].question", "tool_input.question"),
              null,
              call);
      case "EnterPlanMode", "ExitPlanMode", "exit_plan_mode", "ExitSpecMode" ->
          raised(AttentionReason.PLAN, call.tool(), null, null, call);
      default ->
          raised(
              AttentionReason.PERMISSION,
              call.tool(),
              facts.text("tool_input.description", "message"),
              null,
              call);
    };
  }

  /** Whether using this tool is asking the user. */
  static boolean asks(ToolCall call) {
    return switch (call.tool()) {
      case "AskUserQuestion",
          "ask_user",
          "ask_user_question",
          "EnterPlanMode",
          "ExitPlanMode",
          "exit_plan_mode",
          "ExitSpecMode" ->
          true;
      default -> false;
    };
  }

  /** A question that nothing but its kind is known of. */
  static LifecycleEvent reminder(AttentionReason reason, String detail, @Nullable String text) {
    return raised(reason, detail, text, null, null);
  }

  static LifecycleEvent raised(
      AttentionReason reason,
      String detail,
      @Nullable String text,
      @Nullable String requestId,
      @Nullable ToolCall call) {
    return new AttentionRaised(question(reason, detail, text, requestId, call));
  }

  static Question question(
      AttentionReason reason,
      String detail,
      @Nullable String text,
      @Nullable String requestId,
      @Nullable ToolCall call) {
    return new Question(reason, detail, shortened(text), requestId, call, null);
  }

  static @Nullable String shortened(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  /** As much of a text as a screen shows. */
  static String cut(String text) {
    if (text.length() <= MAX_TEXT_CHARS) {
      return text;
    }
    var cut = Character.isHighSurrogate(text.charAt(MAX_TEXT_CHARS - 1)) ? 1 : 0;
    return text.substring(0, MAX_TEXT_CHARS - cut) + "…";
  }
}
