package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.message;
import static dev.atmd.protocol.json.Lines.report;

import java.util.List;

/** One valid line of each kind. */
final class SampleLines {
  static final String STATUS_DATA =
      "{'session_id':'5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11','cwd':'/home/dev/shop',"
          + "'model':{'id':'claude-opus-4-5-20251101','display_name':'Opus 4.5'},"
          + "'version':'2.0.1','cost':{'total_cost_usd':0.35,'total_duration_ms':135000,"
          + "'total_api_duration_ms':2300,'total_lines_added':150,'total_lines_removed':30},"
          + "'context_window':{'total_input_tokens':50000,'total_output_tokens':10000,"
          + "'context_window_size':200000,'current_usage':{'input_tokens':1000,"
          + "'output_tokens':500,'cache_creation_input_tokens':2000,"
          + "'cache_read_input_tokens':40000}},'pid':41234,'tmux_pane':'%3'}";

  static final List<String> ALL =
      List.of(
          message("'type':'connect','client_id':'dash-\\u00e9\\ud83d\\ude00'"),
          message("'type':'ping','seq':18446744073709551615"),
          message("'type':'subscribe','session_ids':['a'],'harness':['pi'],'status':'idle'"),
          report("status_update", STATUS_DATA),
          report(
              "hook_event",
              "{'session_id':'a','hook_event_name':'PreToolUse','tool_name':'Bash',"
                  + "'tool_input':{'x':[1,2.5e3,null,true]},'pid':7,'stop_hook_active':false}"),
          report(
              "pi_event",
              "{'event':'context','payload':{'messages':[{'usage':{'input':5,'output':6,"
                  + "'cost':{'total':0.1}}}]},'session_id':'p','pid':8}"),
          message(
              "'data':{'event':'tool_call','payload':{'toolName':'x'}},'pid':9,"
                  + "'at':'2026-11-21T12:00:00Z','id':'e1','harness':'pi','type':'agent_event'"),
          "{\"type\":\"discover\",\"x\":{\"é\":\"ü\"}," + Lines.VERSION + "}");

  private SampleLines() {}
}
