package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.message;
import static dev.atmd.protocol.json.Lines.understood;
import static dev.atmd.protocol.json.Lines.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import dev.atmd.protocol.message.ErrorCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one report of protocol 1.1, for every harness. */
class AgentEventTest {
  private static final String STOP = "{'session_id':'a','hook_event_name':'Stop'}";
  private static final Delivery UNNUMBERED = new Delivery(null, null, true);

  @ParameterizedTest
  @EnumSource(names = {"CLAUDE", "CODEX", "QWEN", "DROID"})
  void readsAHook(Harness harness) {
    assertThat(understood(event(harness.tag(), STOP)))
        .isEqualTo(update(harness, null, null, UNNUMBERED, new TurnEnded()));
  }

  @Test
  void readsAStatusLineOfClaude() {
    assertThat(understood(event("claude", "{'session_id':'a','version':'2'}")))
        .isEqualTo(
            new StatusUpdate(
                new StatusReport(
                    SessionId.of("a"), null, Harness.CLAUDE, null, null, null, "2", null, null),
                UNNUMBERED));
  }

  @Test
  void readsAnEventOfPi() {
    assertThat(understood(event("pi", "{'event':'agent_end','session_id':'a'}")))
        .isEqualTo(update(Harness.PI, null, null, UNNUMBERED, new TurnEnded()));
    assertThat(understood(event("pi", "{'event':'turn_end'}"))).isEqualTo(new Ignored("turn_end"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"emacs", "", "Claude", "?"})
  void doesNotKnowEveryHarness(String tag) {
    assertThat(understood(event(tag, STOP)))
        .isEqualTo(new Unacceptable(ErrorCode.UNKNOWN_HARNESS, "unknown harness `" + tag + "`"));
  }

  @Test
  void doesNotReadEveryHarnessItKnows() {
    assertThat(understood(event("gemini", STOP)))
        .isEqualTo(
            new Unacceptable(
                ErrorCode.UNSUPPORTED_HARNESS,
                "Gemini CLI is known, but its events cannot be read yet"));
  }

  @Test
  void takesTheSenderAndTheTimeBesideTheData() {
    var line =
        message(
            "'id':'e1','at':'2026-11-21T13:00:00.5+01:00','pid':9,'tmux_pane':'%9','data':"
                + "{'session_id':'a','hook_event_name':'Stop','pid':7,'tmux_pane':'%7'},"
                + "'harness':'claude','type':'agent_event'");

    assertThat(understood(line))
        .isEqualTo(
            update(
                Harness.CLAUDE,
                new Pid(9),
                new TmuxPane("%9"),
                new Delivery("e1", Instant.parse("2026-11-21T12:00:00.5Z"), true),
                new TurnEnded()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'pid':null,'tmux_pane':null", ",'pid':0,'tmux_pane':''"})
  void keepsTheSenderInsideTheDataWhereNoneIsBeside(String beside) {
    var data = "{'session_id':'a','hook_event_name':'Stop','pid':7,'tmux_pane':'%7'}";

    assertThat(understood(event("claude", data + beside)))
        .isEqualTo(
            update(Harness.CLAUDE, new Pid(7), new TmuxPane("%7"), UNNUMBERED, new TurnEnded()));
  }

  @Test
  void completesAStatusLineToo() {
    assertThat(understood(event("claude", "{'session_id':'a'},'pid':4294967295,'id':'e'")))
        .isEqualTo(
            new StatusUpdate(
                new StatusReport(
                    SessionId.of("a"),
                    new Pid(4_294_967_295L),
                    Harness.CLAUDE,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null),
                new Delivery("e", null, true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'harness':'claude'",
        "'data':{}",
        "'harness':null,'data':{}",
        "'harness':5,'data':{}",
        "'harness':['claude'],'data':{}",
        "'harness':'claude','data':" + STOP + ",'pid':-1",
        "'harness':'claude','data':" + STOP + ",'pid':4294967296",
        "'harness':'claude','data':" + STOP + ",'pid':'7'",
        "'harness':'claude','data':" + STOP + ",'tmux_pane':7",
        "'harness':'claude','data':" + STOP + ",'id':7",
        "'harness':'claude','data':" + STOP + ",'at':7",
        "'harness':'claude','data':" + STOP + ",'at':'noon'",
        "'harness':'claude','data':" + STOP + ",'at':'2026-11-21T12:00:00'"
      })
  void refusesWhatDoesNotFitBesideTheData(String fields) {
    assertThat(unreadable(message("'type':'agent_event'," + fields)).code())
        .isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void boundsWhatIsKept() {
    var id = "e".repeat(256);
    var name = "n".repeat(4_096);
    assertThat(understood(event("claude", STOP + ",'id':'" + id + "'")))
        .isEqualTo(
            update(Harness.CLAUDE, null, null, new Delivery(id, null, true), new TurnEnded()));
    assertThat(understood(event("claude", STOP + ",'tmux_pane':'" + name + "'")))
        .isEqualTo(update(Harness.CLAUDE, null, new TmuxPane(name), UNNUMBERED, new TurnEnded()));

    for (var beyond :
        List.of(
            "'id':'" + id + "e'",
            "'tmux_pane':'" + name + "n'",
            "'at':'+10000-01-01T00:00:00Z'",
            "'at':'-999999999-01-01T00:00:00Z'")) {
      assertThat(unreadable(event("claude", STOP + "," + beyond)).code())
          .isEqualTo(ErrorCode.MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"session_id", "tool_name", "tmux_pane"})
  void boundsTheStringsOfAPayload(String field) {
    var payload =
        message(
            "'type':'agent_event','harness':'claude','data':{'hook_event_name':'PreToolUse','"
                + field
                + "':'"
                + "x".repeat(4_097)
                + (field.equals("session_id") ? "'}" : "','session_id':'a'}"));

    assertThat(understood(payload))
        .isInstanceOfSatisfying(
            Unacceptable.class, it -> assertThat(it.message()).contains("at most 4096"));
  }

  @Test
  void complainsOfThePayloadLikeTheReportsOfOld() {
    assertThat(understood(event("claude", "5")))
        .isEqualTo(new Unacceptable(ErrorCode.INVALID_PAYLOAD, "Parse error: Missing session_id"));
    assertThat(understood(event("codex", "{'session_id':'a'}")))
        .isEqualTo(
            new Unacceptable(
                ErrorCode.INVALID_PAYLOAD, "Parse error: missing field `hook_event_name`"));
  }

  private static String event(String harness, String data) {
    return message("'type':'agent_event','harness':'" + harness + "','data':" + data);
  }

  private static LifecycleUpdate update(
      Harness harness,
      @Nullable Pid pid,
      @Nullable TmuxPane pane,
      Delivery delivery,
      LifecycleEvent event) {
    return new LifecycleUpdate(
        new LifecycleReport(SessionId.of("a"), pid, harness, pane, null, event), delivery);
  }
}
