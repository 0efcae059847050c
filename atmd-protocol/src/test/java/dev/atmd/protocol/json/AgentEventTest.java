package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.message;
import static dev.atmd.protocol.json.Lines.understood;
import static dev.atmd.protocol.json.Lines.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.IdentityRule;
import dev.atmd.core.registry.LifecycleReport.Signal;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.RateLimits.Window;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.ToolCall;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import dev.atmd.protocol.message.ErrorCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one report of protocol 1.1, for every harness. */
class AgentEventTest {
  private static final String STOP = "{'session_id':'a','hook_event_name':'Stop'}";
  private static final Delivery UNNUMBERED = new Delivery(null, null, IdentityRule.BY_NAME);

  @ParameterizedTest
  @EnumSource(names = {"CLAUDE", "CODEX", "QWEN", "DROID"})
  void readsAHook(Harness harness) {
    var update = lifecycle(event(harness.tag(), STOP));

    assertThat(update.delivery()).isEqualTo(UNNUMBERED);
    assertThat(update.report().id()).isEqualTo(SessionId.of("a"));
    assertThat(update.report().harness()).isEqualTo(harness);
    assertThat(update.report().event()).isEqualTo(new TurnEnded());
    assertThat(update.report().signal()).isEqualTo(new Signal("Stop", SignalTier.EVENT));
  }

  @Test
  void readsAStatusLineOfClaude() {
    assertThat(understood(event("claude", "{'session_id':'a','version':'2'}")))
        .isEqualTo(
            new StatusUpdate(
                new StatusReport(
                    SessionId.of("a"),
                    null,
                    Harness.CLAUDE,
                    null,
                    null,
                    null,
                    "2",
                    null,
                    null,
                    null),
                UNNUMBERED));
  }

  @Test
  void readsTheLimitsOfAPlan() {
    var data =
        "{'session_id':'a','rate_limits':{'five_hour':{'used_percentage':44.1,'resets_at':60},"
            + "'seven_day':{'used_percentage':'x'}}}";

    assertThat(status(event("claude", data)).limits())
        .isEqualTo(new RateLimits(new Window(44.1, Instant.ofEpochSecond(60)), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"emacs", "", "Claude", "?"})
  void doesNotKnowEveryHarness(String tag) {
    assertThat(understood(event(tag, STOP)))
        .isEqualTo(new Unacceptable(ErrorCode.UNKNOWN_HARNESS, "unknown harness `" + tag + "`"));
  }

  @Test
  void takesTheSenderAndTheTimeBesideTheData() {
    var update =
        lifecycle(
            message(
                "'id':'e1','at':'2026-11-21T13:00:00.5+01:00','pid':9,'tmux_pane':'%9','data':"
                    + "{'session_id':'a','hook_event_name':'Stop','pid':7,'tmux_pane':'%7'},"
                    + "'harness':'claude','type':'agent_event'"));

    assertThat(update.report().pid()).isEqualTo(new Pid(9));
    assertThat(update.report().pane()).isEqualTo(new TmuxPane("%9"));
    assertThat(update.delivery())
        .isEqualTo(
            new Delivery("e1", Instant.parse("2026-11-21T12:00:00.5Z"), IdentityRule.BY_NAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'pid':null,'tmux_pane':null",
        ",'pid':0,'tmux_pane':''",
        ",'pid':-1,'tmux_pane':7",
        ",'pid':4294967296",
        ",'pid':'8'"
      })
  void keepsTheSenderInsideTheDataWhereNoneIsBeside(String beside) {
    var data = "{'session_id':'a','hook_event_name':'Stop','pid':7,'tmux_pane':'%7'}";

    var report = lifecycle(event("claude", data + beside)).report();

    assertThat(report.pid()).isEqualTo(new Pid(7));
    assertThat(report.pane()).isEqualTo(new TmuxPane("%7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",'at':7",
        ",'at':'noon'",
        ",'at':'2026-11-21T12:00:00'",
        ",'at':'+10000-01-01T00:00:00Z'",
        ",'at':'-999999999-01-01T00:00:00Z'",
        ",'id':7",
        ",'id':['e']",
        ",'event':7"
      })
  void aFieldThatCannotBeUsedIsLostAndNotTheEvent(String beside) {
    assertThat(lifecycle(event("claude", STOP + beside)).delivery()).isEqualTo(UNNUMBERED);
  }

  @Test
  void aFieldOfAnotherTypeInsideTheDataIsLostAndNotTheEvent() {
    var data =
        "{'session_id':'a','hook_event_name':'PreToolUse','tool_name':'Bash','tool_use_id':7,"
            + "'tool_input':'make','cwd':['x'],'pid':'7'}";

    assertThat(lifecycle(event("claude", data)).report().event())
        .isEqualTo(new ToolStarted(new ToolCall("Bash", null, null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "['Bash']", "''"})
  void aToolWithoutANameThatCanBeReadIsAToolAllTheSame(String name) {
    var data =
        "{'session_id':'a','hook_event_name':'PreToolUse','tool_name':"
            + name
            + ",'tool_use_id':'t1'}";

    assertThat(lifecycle(event("claude", data)).report().event())
        .isEqualTo(new ToolStarted(new ToolCall("tool", "t1", null)));
  }

  @Test
  void copilotAsksByATool() {
    var data =
        "{'sessionId':'a','tool_name':'AskUserQuestion','tool_input':{'question':'Which?'},"
            + "'hook_event_name':'PreToolUse'}";

    assertThat(lifecycle(event("copilot", data)).report().event())
        .isInstanceOfSatisfying(
            AttentionRaised.class,
            asked -> assertThat(asked.question().reason()).isEqualTo(AttentionReason.QUESTION));
  }

  @Test
  void knowsWhatAToolOfCopilotIsUsedOn() {
    var data =
        "{'sessionId':'a','tool_name':'Bash','tool_input':{'command':'make'},"
            + "'hook_event_name':'PostToolUse'}";

    assertThat(lifecycle(event("copilot", data)).report().event())
        .isEqualTo(new ToolEnded(new ToolCall("Bash", null, "make"), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'harness':'claude'", "'data':{}", "'harness':null,'data':{}"})
  void needsAHarnessAndData(String fields) {
    assertThat(unreadable(message("'type':'agent_event'," + fields)).code())
        .isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void takesTheNameOfTheEventBesideTheData() {
    var data = "{'conversationId':'a','fullyIdle':true},'event':'Stop'";

    assertThat(lifecycle(event("antigravity", data)).report().event()).isEqualTo(new TurnEnded());
  }

  @Test
  void boundsWhatIsKept() {
    var name = "n".repeat(4_096);
    var kept = "{'hook_event_name':'Stop','session_id':'" + name + "'}";
    var tooLong = "{'hook_event_name':'Stop','session_id':'" + name + "n'}";

    assertThat(lifecycle(event("claude", kept)).report().id()).isEqualTo(SessionId.of(name));
    assertThat(understood(event("claude", tooLong))).isInstanceOf(Unacceptable.class);
    assertThat(lifecycle(event("claude", STOP + ",'id':'" + "e".repeat(257) + "'")).delivery())
        .isEqualTo(UNNUMBERED);
  }

  @Test
  void knowsWhoRanTheHookOfAnother() {
    var data = "{'hook_event_name':'stop','conversation_id':'c','cursor_version':'2'}";

    var report = lifecycle(event("claude", data)).report();

    assertThat(report.harness()).isEqualTo(Harness.CURSOR);
    assertThat(report.event()).isEqualTo(new TurnEnded());
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(understood(event("claude", "5")))
        .isEqualTo(
            new Unacceptable(
                ErrorCode.INVALID_PAYLOAD, "Parse error: the payload must be an object"));
    assertThat(understood(event("codex", "{'session_id':'a'}")))
        .isEqualTo(new Unacceptable(ErrorCode.INVALID_PAYLOAD, "Parse error: no event is named"));
    assertThat(understood(event("claude", "{'hook_event_name':'Stop'}")))
        .isEqualTo(
            new Unacceptable(
                ErrorCode.INVALID_PAYLOAD, "Parse error: neither a session id nor a pid"));
  }

  @Test
  void ignoresAnEventThatNobodyKnows() {
    assertThat(understood(event("claude", "{'session_id':'a','hook_event_name':'Dream'}")))
        .isEqualTo(new Ignored("Dream", Harness.CLAUDE));
  }

  @Test
  void readsWhatAConversationOfPiHasCost() {
    var data =
        "{'event':'context','session_id':'a','payload':{'messages':[{'usage':{'totalTokens':9}},"
            + "{'usage':{'totalTokens':20,'cost':{'total':0.35}}},{'role':'user'}]}}";

    assertThat(lifecycle(event("pi", data)).report().event())
        .isEqualTo(new UsageMeasured(20L, Money.ofDollars(0.35)));
  }

  @Test
  void noticesAFieldThatNobodyKnows() {
    var data = "{'session_id':'a','hook_event_name':'Stop','aura':'blue','cwd':'/'}";

    assertThat(lifecycle(event("claude", data)).report().details().strangeFields())
        .containsExactly("aura");
  }

  private static String event(String harness, String data) {
    return message("'type':'agent_event','harness':'" + harness + "','data':" + data);
  }

  private static LifecycleUpdate lifecycle(String line) {
    var message = understood(line);
    assertThat(message).as(line).isInstanceOf(LifecycleUpdate.class);
    return (LifecycleUpdate) message;
  }

  private static StatusReport status(String line) {
    var message = understood(line);
    assertThat(message).as(line).isInstanceOf(StatusUpdate.class);
    return ((StatusUpdate) message).report();
  }
}
