package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.complaint;
import static dev.atmd.protocol.json.Lines.lifecycle;
import static dev.atmd.protocol.json.Lines.understood;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SetupStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of atm-protocol §5.3 and atm-behaviour §6.1. */
class HookEventTest {
  static final List<Arguments> MEANINGS =
      List.of(
          arguments("'SessionStart','source':'clear'", new SessionStarted()),
          arguments("'SessionEnd','reason':'exit'", new SessionEnded()),
          arguments("'UserPromptSubmit','prompt':'fix'", new PromptSubmitted("fix")),
          arguments("'UserPromptSubmit'", new PromptSubmitted(null)),
          arguments("'PreToolUse','tool_name':'Bash'", new ToolStarted("Bash")),
          arguments("'PreToolUse','tool_name':' Bash\\t'", new ToolStarted("Bash")),
          arguments("'PreToolUse','tool_name':'  '", new ToolStarted("")),
          arguments("'PreToolUse','tool_name':'mcp__a__b'", new ToolStarted("mcp__a__b")),
          arguments(
              "'PreToolUse','tool_name':'askuserquestion'", new ToolStarted("askuserquestion")),
          arguments(
              "'PreToolUse','tool_name':' AskUserQuestion '",
              asks(AttentionReason.QUESTION, "AskUserQuestion")),
          arguments(
              "'PreToolUse','tool_name':'EnterPlanMode'",
              asks(AttentionReason.PLAN, "EnterPlanMode")),
          arguments(
              "'PreToolUse','tool_name':'ExitPlanMode'",
              asks(AttentionReason.PLAN, "ExitPlanMode")),
          arguments("'PostToolUse','tool_name':'Bash'", new ToolEnded("Bash", false)),
          arguments("'PostToolUseFailure','tool_name':'Bash'", new ToolEnded("Bash", true)),
          arguments(
              "'PermissionRequest','tool_name':'Bash'", asks(AttentionReason.PERMISSION, "Bash")),
          arguments("'Stop','stop_hook_active':true", new TurnEnded()),
          arguments("'PreCompact','trigger':'auto'", new CompactionStarted()),
          arguments("'Setup'", new SetupStarted()),
          arguments(
              "'Notification','notification_type':'permission_prompt'",
              new AttentionRaised(AttentionReason.PERMISSION, "Permission")),
          arguments(
              "'Notification','notification_type':'elicitation_dialog'",
              new AttentionRaised(AttentionReason.FORM, "MCP Input")),
          arguments("'Notification','notification_type':'idle_prompt'", new TurnEnded()),
          arguments("'Notification','notification_type':'setup'", new SetupStarted()),
          arguments("'Notification','notification_type':'info'", new Noticed()),
          arguments("'Notification','notification_type':'Setup'", new Noticed()),
          arguments("'Notification','notification_type':null", new Noticed()),
          arguments("'Notification'", new Noticed()),
          arguments("'SubagentStart'", new SubagentStarted(null, null)),
          arguments("'SubagentStop'", new SubagentEnded(null, null)));

  @ParameterizedTest
  @FieldSource("MEANINGS")
  void meansWhatTheTableSays(String hook, LifecycleEvent event) {
    assertThat(lifecycle(hook("{'session_id':'a','hook_event_name':" + hook + "}")))
        .isEqualTo(report("a", null, null, null, event));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'PreToolUse'",
        "'PreToolUse','tool_name':''",
        "'PreToolUse','tool_name':null",
        "'PostToolUse'",
        "'PostToolUse','tool_name':''",
        "'PostToolUseFailure'",
        "'PermissionRequest'",
        "'stop'",
        "'SomethingNew'",
        "''"
      })
  void meansNothing(String hook) {
    assertThat(understood(hook("{'session_id':'a','hook_event_name':" + hook + "}")))
        .isInstanceOf(Ignored.class);
  }

  @Test
  void namesItsSenderAndItsSubagent() {
    var sender = "'session_id':'','pid':7,'tmux_pane':'%3','agent_id':'x','agent_type':'plan',";

    assertThat(lifecycle(hook("{" + sender + "'hook_event_name':'Stop'}")))
        .isEqualTo(report("", new Pid(7), new TmuxPane("%3"), "x", new TurnEnded()));
    assertThat(lifecycle(hook("{" + sender + "'hook_event_name':'SubagentStart'}")))
        .isEqualTo(
            report("", new Pid(7), new TmuxPane("%3"), null, new SubagentStarted("x", "plan")));
    assertThat(lifecycle(hook("{" + sender + "'hook_event_name':'SubagentStop'}")))
        .isEqualTo(
            report("", new Pid(7), new TmuxPane("%3"), null, new SubagentEnded("x", "plan")));
  }

  @Test
  void theLastOfTwoFieldsCountsAndNullIsAbsent() {
    var data =
        "{'session_id':'b','session_id':'a','pid':0,'tmux_pane':'','cwd':null,"
            + "'permission_mode':null,'stop_hook_active':null,'tool_input':5,"
            + "'hook_event_name':'Start','hook_event_name':'Stop','new':{'field':[]}}";

    assertThat(lifecycle(hook(data))).isEqualTo(report("a", null, null, null, new TurnEnded()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cwd",
        "permission_mode",
        "tmux_pane",
        "tool_name",
        "tool_use_id",
        "prompt",
        "agent_id",
        "agent_type",
        "agent_transcript_path",
        "source",
        "reason",
        "model",
        "trigger",
        "custom_instructions",
        "notification_type",
        "message"
      })
  void aTextMustBeAText(String field) {
    var data = "{'session_id':'a','hook_event_name':'Stop','" + field + "':";

    assertThat(complaint("hook_event", data + "5}"))
        .isEqualTo("Parse error: invalid type: integer `5`, expected a string");
    assertThat(understood(hook(data + "null}"))).isNotInstanceOf(Ignored.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | invalid type: null, expected struct RawHookEvent",
        "'x' | invalid type: string \"x\", expected struct RawHookEvent",
        "[] | invalid length 0, expected struct RawHookEvent with 22 elements",
        "[1,[2]] | invalid length 2, expected struct RawHookEvent with 22 elements",
        "{} | missing field `session_id`",
        "{'session_id':'a'} | missing field `hook_event_name`",
        "{'session_id':null} | invalid type: null, expected a string",
        "{'session_id':'a','hook_event_name':5} | invalid type: integer `5`, expected a string",
        "{'session_id':'a','hook_event_name':'X','pid':-1}"
            + " | invalid value: integer `-1`, expected u32",
        "{'session_id':'a','hook_event_name':'X','stop_hook_active':1}"
            + " | invalid type: integer `1`, expected a boolean"
      })
  void complainsOfWhatDoesNotFit(String data, String detail) {
    assertThat(complaint("hook_event", data)).isEqualTo("Parse error: " + detail);
  }

  private static String hook(String data) {
    return Lines.report("hook_event", data);
  }

  private static LifecycleReport report(
      String id,
      @Nullable Pid pid,
      @Nullable TmuxPane pane,
      @Nullable String agentId,
      LifecycleEvent event) {
    return new LifecycleReport(SessionId.of(id), pid, Harness.CLAUDE, pane, agentId, event);
  }

  /** A question about a tool. */
  private static AttentionRaised asks(AttentionReason reason, String tool) {
    var call = new ToolCall(tool, null, null);
    return new AttentionRaised(new Question(reason, tool, null, null, call, null));
  }
}
