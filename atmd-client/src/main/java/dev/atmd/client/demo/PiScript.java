package dev.atmd.client.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/** A pi session: the events its extension sends (atm-protocol §5.4). */
final class PiScript implements AgentScript {
  private static final List<String> TOOLS = List.of("bash", "edit", "read", "write");

  private final Identity who;
  private final SplittableRandom random;
  private final Consumption used;
  private final Queue<Report> ahead = new ArrayDeque<>();
  private int calls;

  PiScript(Identity who, long seed) {
    this.who = who;
    this.random = new SplittableRandom(seed);
    this.used = new Consumption(random);
    say("session_start", new JsonObject(), 0);
    say("model_select", new JsonObject().put("provider", "openai").put("model", "gpt-5.1"), 0);
    say("context", context(), 0);
  }

  @Override
  public Report next() {
    if (ahead.isEmpty()) {
      turn();
    }
    return ahead.remove();
  }

  @Override
  public Report farewell() {
    return report("session_shutdown", new JsonObject(), 0);
  }

  private void turn() {
    say(
        "input",
        new JsonObject().put("source", "interactive").put("text", "Sketch the release notes"),
        200);
    say("agent_start", new JsonObject(), 500);
    for (var left = 2 + random.nextInt(3); left > 0; left--) {
      useTool(TOOLS.get(random.nextInt(TOOLS.size())));
    }
    if (random.nextBoolean()) {
      ask();
    }
    say("agent_end", new JsonObject(), 1_500 + random.nextInt(2_500));
  }

  private void useTool(String tool) {
    var id = "call-" + ++calls;
    say(
        "tool_call",
        new JsonObject().put("toolName", tool).put("toolCallId", id),
        400 + random.nextInt(900));
    say(
        "tool_execution_end",
        new JsonObject().put("toolName", tool).put("toolCallId", id).put("isError", false),
        100);
    used.grow();
    say("context", context(), 300);
  }

  private void ask() {
    say(
        "atm_needs_input_open",
        new JsonObject().put("title", "Publish the notes?"),
        2_000 + random.nextInt(1_500));
    say("atm_needs_input_resolved", new JsonObject(), 300);
  }

  private JsonObject context() {
    var usage =
        new JsonObject()
            .put("totalTokens", used.contextTokens())
            .put("cost", new JsonObject().putMicros("total", used.micros()));
    return new JsonObject()
        .putList("messages", new JsonObject().put("role", "assistant").put("usage", usage));
  }

  private void say(String event, JsonObject payload, int silentMillis) {
    ahead.add(report(event, payload, silentMillis));
  }

  private Report report(String event, JsonObject payload, int silentMillis) {
    var json =
        new JsonObject()
            .put("event", event)
            .put("payload", payload)
            .put("session_id", who.sessionId())
            .put("pid", who.pid())
            .put("tmux_pane", who.pane());
    return new Report("pi_event", json.toString(), Duration.ofMillis(silentMillis));
  }
}
