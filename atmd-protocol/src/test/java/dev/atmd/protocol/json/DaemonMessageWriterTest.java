package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Views.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.Explanation;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.RateLimits.Window;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Acknowledged;
import dev.atmd.protocol.message.DaemonMessage.Connected;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Lagged;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.DaemonMessage.Resumed;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.Redaction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Byte for byte what goes over the wire (atm-protocol §2, §6, §7, §14). */
class DaemonMessageWriterTest {
  /** The view of the transcript as a 1.0 daemon writes it, but for its closing brace. */
  private static final String SHOP_1_0 =
      "{'id':'5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11','id_short':'5b1c7a52','agent_type':'main',"
          + "'harness':'claude','model':'Opus 4.5','status':'idle','status_label':'idle',"
          + "'activity_detail':null,'should_blink':false,'status_icon':'-',"
          + "'context_percentage':21.5,'context_display':'21.5% (43K/200K)',"
          + "'context_warning':false,'context_critical':false,'cost_display':'$0.35',"
          + "'cost_usd':0.35,'duration_display':'2m 15s','duration_seconds':135.0,"
          + "'lines_display':'+150 -30','working_directory':'/home/dev/shop',"
          + "'needs_attention':false,'last_activity_display':'0s ago','age_display':'0s ago',"
          + "'started_at':'2026-11-21T06:34:46.964637879+00:00',"
          + "'last_activity':'2026-11-21T06:34:46.964639241+00:00','tmux_pane':null,"
          + "'project_root':'/home/dev/shop','worktree_path':'/home/dev/shop',"
          + "'worktree_branch':'main'";

  private static final String SHOP_1_1 =
      ",'pid':41234,'cwd':'/home/dev/shop','model_id':'claude-opus-4-5-20251101',"
          + "'context_window_size':200000,'input_tokens':1000,'output_tokens':500,"
          + "'cache_creation_input_tokens':2000,'cache_read_input_tokens':40000,"
          + "'total_input_tokens':50000,'total_output_tokens':10000,'lines_added':150,"
          + "'lines_removed':30,'since':'2026-11-21T06:34:46.964637879+00:00',"
          + "'context_known':true,'cost_known':true,'evidence':{'at':'2026-11-21T06:34:46.964637879+00:00','signal':'SessionStart"
          + " startup','tier':'event','rule':'began'}}";

  @Test
  void writesTheTranscriptsViewAndAppendsWhatIsNew() {
    assertThat(line(new SessionUpdated(view(Views.shop()), 3, "e")))
        .isEqualTo(
            quoted(
                "{'type':'session_updated','session':"
                    + SHOP_1_0
                    + SHOP_1_1
                    + ",'seq':3,'epoch':'e'}\n"));
  }

  @Test
  void writesAViewFrom1_0AsItWas() {
    var view = Views.withoutPlain(view(Views.shop()));

    assertThat(line(new SessionUpdated(view, 3, "e")))
        .startsWith(quoted("{'type':'session_updated','session':" + SHOP_1_0 + "},'seq':3"));
  }

  @Test
  void writesWhatIsOptionalInItsPlace() {
    assertThat(line(new SessionUpdated(view(Views.asking()), 1, "e")))
        .contains(
            quoted(
                "'agent_type':'explore','harness':'claude','model':'Opus 4.5',"
                    + "'status':'attention_needed','status_label':'needs input',"
                    + "'activity_detail':'AskUserQuestion','should_blink':true,"
                    + "'status_icon':'!',"))
        .contains(quoted(",'needs_attention':true,"))
        .contains(quoted(",'tmux_pane':'%3','project_root':"))
        .contains(
            quoted(
                ",'worktree_branch':'main','parent_session_id':'p',"
                    + "'child_session_ids':['c','pending-9'],'first_prompt':"))
        .contains(
            quoted(
                "'since':'2026-11-21T06:34:46.964639241+00:00','reason':'question',"
                    + "'question':'Which one?','context_known':true,"));
  }

  @Test
  void leavesOutWhatIsUnknownOrSaysNull() {
    assertThat(line(new SessionUpdated(view(Views.silent()), 1, "e")))
        .contains(quoted("{'id':'','id_short':'','agent_type':'main','harness':'?',"))
        .contains(quoted("'model':'Unknown',"))
        .contains(quoted("'context_percentage':0.0,'context_display':'0.0% (0/200K)',"))
        .contains(quoted("'cost_display':'$0.00','cost_usd':0.0,'duration_display':'0s',"))
        .contains(quoted("'duration_seconds':0.0,'lines_display':'+0 -0',"))
        .contains(quoted("'working_directory':null,"))
        .contains(quoted("'tmux_pane':null,'model_id':'','context_window_size':200000,"))
        .doesNotContain("project_root", "parent", "child", "first_prompt", "cwd", "reason");
  }

  @Test
  void aClientOfTheFirstVersionReadsWhatThatHas() {
    var updated = new SessionUpdated(view(Views.shop()), 3, "e");
    var full = line(updated);

    var basic = new String(DaemonMessageWriter.line(updated, Detail.BASIC), UTF_8);

    var plain = full.substring(full.indexOf(",\"pid\":"), full.indexOf("},\"seq\":"));
    assertThat(basic).isEqualTo(full.replace(plain, "").replace("\"harness\":\"claude\",", ""));
    assertThat(plain).contains("model_id", "evidence");
  }

  @Test
  void aSummaryFitsIntoAStatusBar() {
    var updated = new SessionUpdated(view(Views.shop()), 3, "e");

    assertThat(new String(DaemonMessageWriter.line(updated, Detail.SUMMARY), UTF_8))
        .isEqualTo(
            quoted(
                "{'type':'session_updated','session':{'id':'5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11',"
                    + "'id_short':'5b1c7a52','agent_type':'main','harness':'claude',"
                    + "'model':'Opus 4.5','status':'idle','status_label':'idle',"
                    + "'activity_detail':null,'status_icon':'-','context_percentage':21.5,"
                    + "'cost_usd':0.35,'needs_attention':false,"
                    + "'last_activity':'2026-11-21T06:34:46.964639241+00:00','project':'shop',"
                    + "'since':'2026-11-21T06:34:46.964637879+00:00','context_known':true,"
                    + "'cost_known':true},'seq':3,'epoch':'e'}\n"));
  }

  @Test
  void aRedactedSessionSaysNothingOfWhatIsWorkedOn() {
    var session =
        Views.asking()
            .draft()
            .firstPrompt("launch the secret product")
            .place(new Place("/home/dev/shop/deep", null))
            .evidence(
                new Evidence(Instant.EPOCH, "Bash rm -rf secret", SignalTier.EVENT, Rule.ASKED))
            .done();

    var line = line(new SessionUpdated(view(Redaction.redacted(session)), 3, "e"));

    assertThat(line)
        .doesNotContain("secret", "/home", "Which one?", "first_prompt", "project_root")
        .contains("\"cwd\":\"deep\"", "\"activity_detail\":\"AskUserQuestion\"")
        .contains("\"reason\":\"question\"");
  }

  @Test
  void aRedactedDetailIsAWordOrNothing() {
    var shop = Views.shop();
    var working = new SessionState.Working(Instant.EPOCH, "rm -rf /home/dev", "/home/dev/secret");
    var failed = new SessionState.Idle(Instant.EPOCH, "no key in /home/dev/secret");

    for (var state : List.of(working, failed)) {
      var redacted = Redaction.redacted(shop.draft().state(state).done());
      assertThat(line(new SessionUpdated(view(redacted), 3, "e")))
          .contains("\"activity_detail\":null")
          .doesNotContain("secret", "/home");
    }
  }

  @Test
  void writesWhatOnlySubscribersOf1_1Hear() {
    assertThat(line(new Resumed(2, 7, "e")))
        .isEqualTo(quoted("{'type':'resumed','events':2,'seq':7,'epoch':'e'}\n"));
    assertThat(line(new Lagged(3, 4)))
        .isEqualTo(quoted("{'type':'lagged','replaced':3,'dropped':4}\n"));
    assertThat(line(new Acknowledged("e-1", true)))
        .isEqualTo(quoted("{'type':'ack','id':'e-1','durable':true}\n"));
    assertThat(line(new Acknowledged(null, false)))
        .isEqualTo(quoted("{'type':'ack','durable':false}\n"));
  }

  @Test
  void writesTheLimitsOfAPlan() {
    var limits = new RateLimits(new Window(44.1, Instant.ofEpochSecond(60)), null);
    var session = Views.shop().draft().limits(limits).done();

    assertThat(line(new SessionUpdated(view(session), 1, "e")))
        .contains(
            quoted(
                "'rate_limits':{'five_hour':{'used_percentage':44.1,"
                    + "'resets_at':'1970-01-01T00:01:00+00:00'}},"));
  }

  @Test
  void writesWhyASessionHasItsStatus() {
    var session = Views.asking();
    var transition = new Transition(session.state(), session.evidence());
    var question = new Question(AttentionReason.FORM, "MCP Input", null, "f", null, null);
    var explanation =
        new Explanation(
            session,
            List.of(transition),
            List.of(question),
            List.of(new ToolCall("Bash", "t1", "make")),
            session.lastActivity());

    assertThat(line(DaemonMessage.Explained.of(explanation)))
        .startsWith(quoted("{'type':'explanation','session':{'id':'5b1c7a52-"))
        .endsWith(
            quoted(
                ",'because':'the conversation began',"
                    + "'changed_by':'a prompt, or a tool that starts','transitions':[{"
                    + "'status':'attention_needed','detail':'AskUserQuestion',"
                    + "'because':'the conversation began','evidence':{"
                    + "'at':'2026-11-21T06:34:46.964637879+00:00',"
                    + "'signal':'SessionStart startup','tier':'event','rule':'began'}}],"
                    + "'open':[{'reason':'form','detail':'MCP Input'}],"
                    + "'running':['Bash make']}\n"));
  }

  @Test
  void escapesWhatJsonMustAndNothingElse() {
    assertThat(
            line(new Metrics("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080\u2028\u2029é\uD83D\uDE00")))
        .isEqualTo(
            "{\"type\":\"metrics\",\"text\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f"
                + "\u007f\u0080\u2028\u2029é\uD83D\uDE00\"}\n");
  }

  @Test
  void writesEveryOtherMessage() {
    assertLine(
        new Connected(ProtocolVersion.CURRENT, "dash-1"),
        "{'type':'connected','protocol_version':{'major':1,'minor':1},'client_id':'dash-1'}");
    assertLine(
        new Rejected("no", ProtocolVersion.BASE),
        "{'type':'rejected','reason':'no','protocol_version':{'major':1,'minor':0}}");
    assertLine(
        new SessionList(List.of(), 0, "e"),
        "{'type':'session_list','sessions':[],'seq':0,'epoch':'e'}");
    assertLine(
        new SessionRemoved("pending-7", 4, "e", "process_died", null),
        "{'type':'session_removed','session_id':'pending-7','seq':4,'epoch':'e',"
            + "'reason':'process_died'}");
    assertLine(
        new SessionRemoved("pending-7", 4, "e", "renamed", "a"),
        "{'type':'session_removed','session_id':'pending-7','seq':4,'epoch':'e',"
            + "'reason':'renamed','renamed_to':'a'}");
    assertLine(new Pong(0), "{'type':'pong','seq':0}");
    assertLine(new Pong(-1), "{'type':'pong','seq':18446744073709551615}");
    assertLine(
        Failed.of(ErrorCode.MALFORMED, "x"), "{'type':'error','message':'x','code':'malformed'}");
    assertLine(new Failed("x", null), "{'type':'error','message':'x'}");
    assertLine(
        new DiscoveryComplete(1, 0), "{'type':'discovery_complete','discovered':1,'failed':0}");
  }

  private static void assertLine(DaemonMessage message, String json) {
    assertThat(line(message)).isEqualTo(quoted(json) + "\n");
  }

  private static String line(DaemonMessage message) {
    return new String(DaemonMessageWriter.line(message), UTF_8);
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
