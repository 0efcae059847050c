package dev.atmd.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Frames with something wrong about them, most of the time. Reproducible from its generator. */
final class BrokenFrames {
  private static final String HEAD = "{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":";

  private static final List<String> LINES =
      List.of(
          HEAD + "\"connect\",\"client_id\":\"fuzz\"}\n",
          HEAD + "\"ping\",\"seq\":7}\n",
          HEAD + "\"list_sessions\",\"x\":1}\n",
          HEAD + "\"subscribe\",\"harness\":[\"pi\"],\"session_ids\":[\"none\"]}\n",
          HEAD + "\"unsubscribe\"}\n",
          HEAD + "\"explain\",\"session_id\":\"fuzz-1\"}\n",
          HEAD
              + "\"status_update\",\"data\":{\"session_id\":\"fuzz-1\",\"pid\":1900000001,\"cwd\":\"/tmp\",\"model\":{\"id\":\"claude-opus-4-5\"},\"cost\":{\"total_cost_usd\":0.35,\"total_duration_ms\":1},\"context_window\":{\"total_input_tokens\":100,\"context_window_size\":200000}}}\n",
          HEAD
              + "\"hook_event\",\"data\":{\"session_id\":\"fuzz-2\",\"pid\":1900000002,\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"ls\"}}}\n",
          HEAD
              + "\"pi_event\",\"data\":{\"event\":\"tool_call\",\"session_id\":\"fuzz-3\",\"pid\":1900000003,\"payload\":{\"toolName\":\"bash\",\"needs_user_input\":true}}}\n",
          HEAD
              + "\"agent_event\",\"harness\":\"claude\",\"id\":\"e1\",\"at\":\"2026-01-01T00:00:00Z\",\"ack\":true,\"data\":{\"session_id\":\"fuzz-4\",\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"gr\u00fc\u00df\"}}\n",
          HEAD
              + "\"agent_event\",\"harness\":\"opencode\",\"data\":{\"type\":\"session.status\","
              + "\"properties\":{\"sessionID\":\"s\",\"status\":{\"type\":\"busy\"}}}}\n");

  private static final List<String> REQUESTS =
      List.of(
          request(
              "POST /v1/agents/claude/events HTTP/1.1",
              "Atm-Pid: 1900000004",
              "Content-Length: 48",
              "",
              "{\"session_id\":\"fuzz-5\",\"hook_event_name\":\"Stop\"}"),
          request(
              "POST /v1/agents/pi/events HTTP/1.1",
              "Transfer-Encoding: chunked",
              "",
              "7",
              "{\"a\":1}",
              "0",
              "",
              ""),
          request(
              "POST /v1/agents/claude/events HTTP/1.1",
              "Atm-Ack: applied",
              "Atm-Id: e2",
              "Expect: 100-continue",
              "Content-Length: 2",
              "",
              "{}"),
          request("GET /v1/agents HTTP/1.1", "Host: atmd", "", ""));

  private static final List<String> WORDS =
      List.of(
          "null",
          "{}",
          "[]",
          "\"\"",
          "-1",
          "1e400",
          "18446744073709551616",
          "\\u0000",
          "\\ud800",
          "\"type\"",
          "\"data\":",
          "pending-1",
          "\n",
          "\r\n",
          "\r\n\r\n",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "HTTP/1.1",
          "[[[[[[",
          "}{",
          "\u2028",
          "\u001b[2J",
          "\u0000");

  private final RandomGenerator random;
  private final boolean isHttp;

  BrokenFrames(RandomGenerator random, boolean isHttp) {
    this.random = random;
    this.isHttp = isHttp;
  }

  /** Now and then one of the other framing. */
  byte[] next() {
    var seeds = isHttp == (random.nextInt(100) != 0) ? REQUESTS : LINES;
    var frame = oneOf(seeds).getBytes(StandardCharsets.UTF_8);
    for (var times = random.nextInt(3); times > 0; times--) {
      frame = mutated(frame);
    }
    return frame;
  }

  private static String request(String... lines) {
    return String.join("\r\n", lines);
  }

  private byte[] mutated(byte[] frame) {
    var at = random.nextInt(frame.length + 1);
    var end = Math.min(frame.length, at + random.nextInt(20));
    return switch (random.nextInt(7)) {
      case 0 -> spliced(frame, at, end, "");
      case 1 -> spliced(frame, at, at, oneOf(WORDS));
      case 2 -> spliced(frame, at, end, oneOf(WORDS));
      case 3 ->
          spliced(frame, at, at, new String(frame, at, end - at, StandardCharsets.ISO_8859_1));
      case 4 -> spliced(frame, at, frame.length, "\n");
      case 5 -> spliced(frame, at, at, oneOf(WORDS).repeat(random.nextInt(100)));
      default -> withRandomByte(frame);
    };
  }

  private byte[] withRandomByte(byte[] frame) {
    var changed = frame.clone();
    if (changed.length > 0) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private String oneOf(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] spliced(byte[] frame, int from, int to, String middle) {
    var out = new ByteArrayOutputStream(frame.length + 16);
    out.write(frame, 0, from);
    out.writeBytes(middle.getBytes(StandardCharsets.UTF_8));
    out.write(frame, to, frame.length - to);
    return out.toByteArray();
  }
}
