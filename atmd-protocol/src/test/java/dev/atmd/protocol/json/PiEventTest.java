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
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of atm-protocol §5.4 and atm-behaviour §6.2. */
class PiEventTest {
  static final List<Arguments> MEANINGS =
      List.of(
          arguments("session_start", "'reason':'new'", new SessionStarted()),
          arguments("session_shutdown", "", new SessionEnded()),
          arguments("agent_start", "", new TurnStarted()),
          arguments("agent_end", "", new TurnEnded()),
          arguments("input", "'source':'interactive','text':'fix'", new PromptSubmitted("fix")),
          arguments("input", "'source':'interactive'", new PromptSubmitted(null)),
          arguments("tool_call", "'toolName':'bash','toolCallId':'c'", new ToolStarted("bash")),
          arguments(
              "tool_call", "'toolName':'AskUserQuestion'", new ToolStarted("AskUserQuestion")),
          arguments(
              "tool_call",
              "'toolName':'bash','needs_user_input':true",
              new AttentionRaised(AttentionReason.PERMISSION, "bash")),
          arguments(
              "tool_call", "'toolName':'bash','needs_user_input':null", new ToolStarted("bash")),
          arguments("tool_execution_end", "'toolName':'bash'", new ToolEnded("bash", false)),
          arguments(
              "tool_execution_end",
              "'toolName':'bash','isError':true,'result':[1]",
              new ToolEnded("bash", true)),
          arguments("session_before_compact", "", new CompactionStarted()),
          arguments(
              "model_select",
              "'provider':'openai','model':'gpt-5.5-20260101'",
              new ModelChanged(Model.of("gpt-5.5-20260101", null))),
          arguments("model_select", "'provider':'openai'", new Noticed()),
          arguments(
              "atm_needs_input_open",
              "'title':'Which one?'",
              new AttentionRaised(AttentionReason.QUESTION, "Which one?")),
          arguments(
              "atm_needs_input_open",
              "",
              new AttentionRaised(AttentionReason.QUESTION, "Permission")),
          arguments(
              "atm_needs_input_open",
              "'title':''",
              new AttentionRaised(AttentionReason.QUESTION, "")),
          arguments("atm_needs_input_resolved", "", new TurnStarted()));

  static final List<Arguments> USAGES =
      List.of(
          arguments("[{'usage':{'totalTokens':7}}]", measured(7L, null)),
          arguments("[{'usage':{'totalTokens':0}}]", measured(0L, null)),
          arguments("[{'usage':{'totalTokens':7,'input':1,'output':2}}]", measured(7L, null)),
          arguments("[{'usage':{'input':1,'output':2}}]", measured(3L, null)),
          arguments("[{'usage':{'totalTokens':-1,'output':2}}]", measured(2L, null)),
          arguments("[{'usage':{'totalTokens':1.5,'input':1}}]", measured(1L, null)),
          arguments("[{'usage':{'totalTokens':'7','input':'x','output':2}}]", measured(2L, null)),
          arguments("[{'usage':{'cost':{'total':0.00709}}}]", measured(null, 0.00709)),
          arguments("[{'usage':{'input':1,'cost':{'input':9,'total':2}}}]", measured(1L, 2.0)),
          arguments(
              "[{'usage':{'totalTokens':1}},{'usage':{'totalTokens':2}}]", measured(2L, null)),
          arguments(
              "[{'usage':{'totalTokens':1}},{'usage':{'input':0}},{},5,null,[{}],{'usage':7},"
                  + "{'usage':{'cost':{'total':'2'}}},{'usage':{'cost':[2]}}]",
              measured(1L, null)));

  @ParameterizedTest
  @FieldSource("MEANINGS")
  void meansWhatTheTableSays(String event, String payload, LifecycleEvent meaning) {
    assertThat(lifecycle(pi(event, "{" + payload + "}"))).isEqualTo(report(meaning));
  }

  @ParameterizedTest
  @FieldSource("USAGES")
  void measuresByTheLastMessageThatSaysAnything(String messages, UsageMeasured meaning) {
    assertThat(lifecycle(pi("context", "{'messages':" + messages + "}")))
        .isEqualTo(report(meaning));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'messages':null}",
        "{'messages':5}",
        "{'messages':{'usage':{}}}",
        "{'messages':[]}",
        "{'messages':[{'usage':{'input':0,'output':0}}]}",
        "{'messages':[{'usage':[{'totalTokens':1}]}]}"
      })
  void aContextWithoutUsageMeansNothing(String payload) {
    assertThat(understood(pi("context", payload))).isInstanceOf(Ignored.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input |",
        "input | \"source\":\"extension\"",
        "tool_call |",
        "tool_call | \"toolName\":\"\"",
        "tool_execution_end | \"toolName\":null"
      })
  void isSuppressedWithoutWhatItNeeds(String event, @Nullable String payload) {
    assertThat(understood(pi(event, "{" + (payload == null ? "" : payload) + "}")))
        .isInstanceOf(Ignored.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tool_execution_start",
        "tool_result",
        "session_before_switch",
        "session_before_fork",
        "session_compact",
        "session_before_tree",
        "session_tree",
        "resources_discover",
        "before_provider_request",
        "after_provider_response",
        "before_agent_start",
        "turn_start",
        "turn_end",
        "message_start",
        "message_update",
        "message_end",
        "tool_execution_update",
        "user_bash",
        "Agent_Start",
        ""
      })
  void isSuppressedEvenWithoutAName(String event) {
    assertThat(understood(pi(event, "{'toolName':'bash'}"))).isEqualTo(new Ignored(event));
    assertThat(understood(Lines.report("pi_event", "{'event':'" + event + "'}")))
        .isEqualTo(new Ignored(event));
  }

  @Test
  void isAttributedToItsSessionElseToItsProcess() {
    assertThat(lifecycle(Lines.report("pi_event", "{'event':'agent_end','pid':8}")))
        .isEqualTo(
            new LifecycleReport(
                SessionId.of("pending-8"), new Pid(8), Harness.PI, null, null, new TurnEnded()));
    assertThat(
            lifecycle(
                Lines.report(
                    "pi_event",
                    "{'session_id':'','event':'agent_end','pid':8,'tmux_pane':'%1','payload':{}}")))
        .isEqualTo(
            new LifecycleReport(
                SessionId.of(""),
                new Pid(8),
                Harness.PI,
                new TmuxPane("%1"),
                null,
                new TurnEnded()));
    assertThat(understood(Lines.report("pi_event", "{'event':'agent_end','pid':0}")))
        .isEqualTo(new Ignored("agent_end"));
    assertThat(complaint("pi_event", "{'event':'agent_end','session_id':null,'pid':null}"))
        .isEqualTo("Parse error: pi event missing both session_id and pid; cannot attribute");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | missing field `event`",
        "{'event':null} | invalid type: null, expected a string",
        "{'event':'x','payload':null} | invalid type: null, expected struct PiPayload",
        "{'event':'x','payload':7} | invalid type: integer `7`, expected struct PiPayload",
        "{'event':'x','session_id':7} | invalid type: integer `7`, expected a string",
        "{'event':'x','pid':'7'} | invalid type: string \"7\", expected u32",
        "{'event':'x','payload':{'model':{}}} | invalid type: map, expected a string",
        "{'event':'x','payload':{'toolCallId':1}} | invalid type: integer `1`, expected a string",
        "{'event':'x','payload':{'isError':'no'}} | invalid type: string \"no\", expected a"
            + " boolean",
        "{'event':'x','payload':{'needs_user_input':0}}"
            + " | invalid type: integer `0`, expected a boolean",
        "[] | invalid length 0, expected struct RawPiEvent with 5 elements",
        "5 | invalid type: integer `5`, expected struct RawPiEvent"
      })
  void complainsOfWhatDoesNotFit(String data, String detail) {
    assertThat(complaint("pi_event", data)).isEqualTo("Parse error: " + detail);
  }

  private static String pi(String event, String payload) {
    return Lines.report(
        "pi_event", "{'event':'" + event + "','payload':" + payload + ",'session_id':'p'}");
  }

  private static LifecycleReport report(LifecycleEvent event) {
    return new LifecycleReport(SessionId.of("p"), null, Harness.PI, null, null, event);
  }

  private static UsageMeasured measured(@Nullable Long tokens, @Nullable Double dollars) {
    return new UsageMeasured(tokens, dollars == null ? null : Money.ofDollars(dollars));
  }
}
