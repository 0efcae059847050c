package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.report;

import java.util.List;

/** Status lines in the shapes that Claude Code has had. */
final class StatusLineSamples {
  /** Of the size and shape that the load of the benchmark has. */
  static final String LONG =
      report(
          "status_update",
          "{'session_id':'5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11',"
              + "'transcript_path':'/home/dev/.claude/projects/-home-dev-shop/5b1c7a52.jsonl',"
              + "'cwd':'/home/dev/shop',"
              + "'model':{'id':'claude-opus-4-5-20251101','display_name':'Opus 4.5'},"
              + "'workspace':{'current_dir':'/home/dev/shop','project_dir':'/home/dev/shop'},"
              + "'version':'2.1.296','output_style':{'name':'default'},"
              + "'cost':{'total_cost_usd':1234.567,'total_duration_ms':1234567000,"
              + "'total_api_duration_ms':123456700,'total_lines_added':1234567,"
              + "'total_lines_removed':1017},'context_window':{'total_input_tokens':123456700,"
              + "'total_output_tokens':1234567,'context_window_size':200000,"
              + "'used_percentage':31,'remaining_percentage':69,"
              + "'current_usage':{'input_tokens':3017,'output_tokens':1017,"
              + "'cache_creation_input_tokens':2100,'cache_read_input_tokens':58790}},"
              + "'exceeds_200k_tokens':false,'pid':1000000017}");

  /** With what later versions added, and white space as other languages write it. */
  static final String LATER =
      report(
              "status_update",
              "{'hook_event_name':'Status','session_name':null,'cwd':'/srv/a b','pid':41234,"
                  + "'tmux_pane':'%12','session_id':'pending-17','vim':{'mode':'NORMAL'},"
                  + "'model':{'display_name':'Next','id':'claude-next-1'},'thinking':true,"
                  + "'rate_limits':{'five_hour':{'used_percentage':23.5,'resets_at':1738425600},"
                  + "'seven_day':{'used_percentage':-0.25,'resets_at':-1}},"
                  + "'cost':{'total_cost_usd':0.35129249999999996,'total_duration_ms':0},"
                  + "'worktrees':[[],{},['a',1,[2.50,{'b':[null,false]}]]],"
                  + "'context_window':{'current_usage':null,'used_percentage':8.25},"
                  + "'agent':{'name':'','pid':'none'}}")
          .replace(",", ", ")
          .replace(":", " :\t");

  static final List<String> ALL =
      List.of(
          report("status_update", SampleLines.STATUS_DATA),
          LONG,
          LATER,
          report("status_update", "{'session_id':'a'}"),
          "{\"data\":{\"session_id\":\"a\",\"pid\":7},\"type\":\"status_update\","
              + Lines.VERSION.replace("1", "7").replace("0", "65535")
              + "} ");

  private StatusLineSamples() {}
}
