package dev.atmd.client.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * A Claude Code session: hook events (atm-protocol §5.3), and a status line (§5.2) after each call
 * of the model. A status line shows work, so none is sent while it rests or waits.
 */
final class ClaudeScript implements AgentScript {
  private static final List<String> PROMPTS =
      List.of(
          "Fix the flaky checkout test",
          "Add a retry to the payment client",
          "Why is the build slow?",
          "Rename Basket to Cart everywhere");
  private static final List<String> TOOLS = List.of("Bash", "Edit", "Read");

  private final Identity who;
  private final SplittableRandom random;
  private final Consumption used;
  private final Queue<Report> ahead = new ArrayDeque<>();
  private int turns;

  ClaudeScript(Identity who, long seed) {
    this.who = who;
    this.random = new SplittableRandom(seed);
    this.used = new Consumption(random);
    say(hook("SessionStart").put("source", "startup"), 0);
    draw(0);
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
    return report("hook_event", hook("SessionEnd").put("reason", "exit"), 0);
  }

  private void turn() {
    say(hook("UserPromptSubmit").put("prompt", pick(PROMPTS)), 600);
    var calls = 2 + random.nextInt(3);
    // The first question comes early, so that a watcher sees one soon; later ones by chance.
    var asksAt = turns == 0 ? 1 : random.nextInt(2 * calls);
    for (var call = 0; call < calls; call++) {
      useTool(pick(TOOLS), call == asksAt);
    }
    say(hook("Stop").put("stop_hook_active", false), 1_500 + random.nextInt(2_000));
    turns++;
  }

  private void useTool(String tool, boolean asks) {
    if (tool.equals("Edit")) {
      used.edit();
    }
    say(hook("PreToolUse").put("tool_name", tool), asks ? 300 : 500 + random.nextInt(900));
    if (asks) {
      say(
          hook("Notification")
              .put("notification_type", "permission_prompt")
              .put("message", "Claude needs your permission to use " + tool),
          2_500 + random.nextInt(1_500));
    }
    say(hook("PostToolUse").put("tool_name", tool), 100);
    used.grow();
    draw(300 + random.nextInt(500));
  }

  private JsonObject hook(String event) {
    return new JsonObject()
        .put("session_id", who.sessionId())
        .put("hook_event_name", event)
        .put("cwd", who.directory())
        .put("pid", who.pid())
        .put("tmux_pane", who.pane());
  }

  private JsonObject statusLine() {
    return new JsonObject()
        .put("session_id", who.sessionId())
        .put("cwd", who.directory())
        .put(
            "model",
            new JsonObject().put("id", "claude-opus-4-5-20251101").put("display_name", "Opus 4.5"))
        .put("version", "2.0.1")
        .put("cost", used.cost())
        .put("context_window", used.contextWindow())
        .put("pid", who.pid())
        .put("tmux_pane", who.pane());
  }

  private void say(JsonObject hook, int silentMillis) {
    ahead.add(report("hook_event", hook, silentMillis));
  }

  private void draw(int silentMillis) {
    ahead.add(report("status_update", statusLine(), silentMillis));
  }

  private static Report report(String type, JsonObject payload, int silentMillis) {
    return new Report(type, payload.toString(), Duration.ofMillis(silentMillis));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
