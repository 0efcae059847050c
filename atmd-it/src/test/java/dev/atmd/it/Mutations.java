package dev.atmd.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Messages with something wrong about them, most of the time. Reproducible from its seed. */
final class Mutations {
  private static final List<String> WORDS =
      List.of(
          "null",
          "true",
          "{}",
          "[]",
          "\"\"",
          "-1",
          "1e400",
          "18446744073709551616",
          "0.5",
          "\\u0000",
          "\\ud800",
          "\"type\"",
          "\"data\"",
          "\"pid\":0",
          "pending-1",
          "\n",
          "\r\n",
          "\uFEFF",
          "[[[[[[",
          "\"protocol_version\":{\"major\":1,\"minor\":0}",
          "}{",
          ",,",
          "é",
          "\u2028",
          "\u0000");

  private final RandomGenerator random;
  private final List<String> seeds;

  Mutations(RandomGenerator random) {
    this.random = random;
    this.seeds = seeds();
  }

  private static List<String> seeds() {
    var id = "8e11bfb5-fuzz";
    var pid = Unique.FIRST_PID;
    return List.of(
        Wire.connect("fuzz"),
        Wire.ping(7),
        Wire.list(),
        Wire.subscribe("\"harness\":[\"pi\"]", "\"status\":\"idle\"", "\"session_ids\":[\"a\"]"),
        Wire.message("unsubscribe"),
        Wire.message("metrics"),
        Wire.status(id, pid, 0.35, "cwd", "/tmp", "tmux_pane", "%3"),
        Wire.status(id + "-2", pid, 1e-7),
        Wire.hook(id, pid, "PreToolUse", "tool_name", "Bash"),
        Wire.hook(id, pid, "UserPromptSubmit", "prompt", "größer \" \\ \n"),
        Wire.hook(id, pid, "SubagentStart", "agent_id", "a", "agent_type", "Explore"),
        Wire.hook(id, pid, "SessionEnd"),
        Wire.pi(id, pid, "tool_call", Map.of("toolName", "bash", "needs_user_input", true)),
        Wire.pi(
            id,
            pid,
            "context",
            Map.of("messages", List.of(Map.of("usage", Map.of("totalTokens", 5, "input", 1))))),
        Wire.message(
            "agent_event",
            "harness",
            "claude",
            "data",
            Wire.fields("session_id", id, "hook_event_name", "Stop"),
            "at",
            "2026-01-01T00:00:00Z",
            "id",
            "e1"));
  }

  /** One frame; it may hold line ends, and may lack the last one. */
  byte[] next() {
    var frame = oneOf(seeds).getBytes(StandardCharsets.UTF_8);
    for (var times = random.nextInt(4); times > 0; times--) {
      frame = mutated(frame);
    }
    return random.nextInt(50) == 0 ? frame : spliced(frame, frame.length, frame.length, "\n");
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
      case 4 -> spliced(frame, at, frame.length, "");
      case 5 -> spliced(frame, at, at, oneOf(WORDS).repeat(random.nextInt(200)));
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

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] spliced(byte[] frame, int from, int to, String middle) {
    var out = new ByteArrayOutputStream();
    out.write(frame, 0, from);
    out.writeBytes(middle.getBytes(StandardCharsets.UTF_8));
    out.write(frame, to, frame.length - to);
    return out.toByteArray();
  }
}
