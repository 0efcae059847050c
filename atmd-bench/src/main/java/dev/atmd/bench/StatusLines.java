package dev.atmd.bench;

import java.io.ByteArrayOutputStream;

/** Status lines of the size and shape that Claude Code sends, about 900 bytes each. */
final class StatusLines {
  /** No Linux has so many processes. */
  private static final long FIRST_IMPOSSIBLE_PID = 1_000_000_000L;

  private final String run;
  private final long firstPid;

  /**
   * @param run names the sessions of one run, so that runs do not meet
   */
  StatusLines(String run) {
    this.run = run;
    this.firstPid = FIRST_IMPOSSIBLE_PID + Math.floorMod(run.hashCode(), 1_000_000_000);
  }

  String sessionId(int session) {
    return "bench-" + run + "-" + session;
  }

  /** Thousandths of a dollar that the update with this number reports. */
  static long costMillis(int update) {
    return update;
  }

  /**
   * The update with this number of one session. The pid does not exist, so nothing else is read.
   */
  byte[] line(int session, int update) {
    var cost = costMillis(update);
    var data =
        """
        {"session_id":"%s","transcript_path":"/home/dev/.claude/projects/-home-dev-shop/%s.jsonl",\
        "cwd":"/home/dev/shop","model":{"id":"claude-opus-4-5-20251101","display_name":"Opus 4.5"},\
        "workspace":{"current_dir":"/home/dev/shop","project_dir":"/home/dev/shop"},\
        "version":"2.1.296","output_style":{"name":"default"},\
        "cost":{"total_cost_usd":%d.%03d,"total_duration_ms":%d,"total_api_duration_ms":%d,\
        "total_lines_added":%d,"total_lines_removed":%d},\
        "context_window":{"total_input_tokens":%d,"total_output_tokens":%d,\
        "context_window_size":200000,"current_usage":{"input_tokens":%d,"output_tokens":%d,\
        "cache_creation_input_tokens":2100,"cache_read_input_tokens":58790}},\
        "exceeds_200k_tokens":false,"pid":%d}\
        """
            .formatted(
                sessionId(session),
                sessionId(session),
                cost / 1_000,
                cost % 1_000,
                1_000L * update,
                400L * update,
                update,
                update / 3,
                100L * update,
                10L * update,
                300 + update % 100,
                80 + update % 50,
                firstPid + session);
    return Wire.message("\"type\":\"status_update\",\"data\":" + data);
  }

  /** Several updates of one session as one piece. */
  byte[] lines(int session, int firstUpdate, int count) {
    var lines = new ByteArrayOutputStream(count * 1_024);
    for (var i = 0; i < count; i++) {
      lines.writeBytes(line(session, firstUpdate + i));
    }
    return lines.toByteArray();
  }

  /** How a list says that the session has taken the update with this number. */
  static String costField(int update) {
    var cost = costMillis(update) / 1_000.0;
    return "\"cost_usd\":" + cost + ",";
  }
}
