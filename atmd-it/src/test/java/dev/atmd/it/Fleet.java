package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions of Claude Code that do as they are told, all over one connection, without processes. */
final class Fleet implements AutoCloseable {
  private static final List<String> PROMPTS =
      List.of(
          "Fix the flaky checkout test",
          "Add retries to the invoice job",
          "Write a page about the client library",
          "Find out why the build is slow",
          "Rename Order to Purchase",
          "Upgrade to Java 25",
          "Review the open pull request",
          "Move the price rules out of the controller");
  private static final List<String> PROJECTS = List.of("shop", "billing", "docs", "infra");

  private final TestClient client;
  private final String root;

  /** When what is told of next happened; null for now. */
  private @Nullable Instant at;

  private Fleet(TestClient client, String root) {
    this.client = client;
    this.root = root;
  }

  /** Sessions below this directory. */
  static Fleet of(TestDaemon daemon, String root) {
    var client = daemon.connect();
    client.send(Wire.messageOf(1, "connect", Wire.fields("client_id", "fleet")));
    client.expect("connected");
    PROJECTS.forEach(project -> checkOut(Path.of(root, project)));
    return new Fleet(client, root);
  }

  /** As much of a repository as shows a branch. */
  private static void checkOut(Path project) {
    try {
      var git = Files.createDirectories(project.resolve(".git"));
      Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Twenty agents as one would meet them. */
  void twenty() {
    for (var i = 0; i < 20; i++) {
      at = Instant.now().minus(Duration.ofSeconds(90 + i * 337 % 2_400));
      var id = "%08x-90d4-4d3e-8d0f-2f6f0c1f7e11".formatted(0x5b1c7a52 + i * 0x01345671);
      status(id, i, (i * 37 % 95) * 2_000, (i * 53 % 310) / 100.0);
      prompt(id, i, PROMPTS.get(i % PROMPTS.size()));
      event(id, i, "PreToolUse", "tool_name", "Bash", "tool_input", command("mvn -q verify"));
      switch (i) {
        case 3 -> asks(id, i, "npm publish --access public", "Publish the package");
        case 9 ->
            asks(id, i, "git push --force-with-lease", "Replace the branch of the pull request");
        case 14 -> asks(id, i, "psql -c 'drop table orders_old'", "Drop the old table of orders");
        case 0, 5, 10, 15 -> event(id, i, "Stop");
        default -> {
          if (i % 3 == 0) {
            event(
                id,
                i,
                "PreToolUse",
                "tool_name",
                "Edit",
                "tool_input",
                Map.of("file_path", "src/Main.java"));
          }
        }
      }
    }
    at = null;
    settle();
  }

  /** So many that work. */
  void many(int count) {
    for (var i = 0; i < count; i++) {
      prompt("many-" + i, i, PROMPTS.get(i % PROMPTS.size()) + " " + i);
    }
    settle();
  }

  void prompt(String id, int number, String text) {
    event(id, number, "UserPromptSubmit", "prompt", text);
  }

  /** It begins to run a command. */
  void runs(String id, int number, String command) {
    event(id, number, "PreToolUse", "tool_name", "Bash", "tool_input", command(command));
  }

  void asks(String id, int number, String command, String what) {
    var input = Map.of("command", command, "description", what);
    event(id, number, "PermissionRequest", "tool_name", "Bash", "tool_input", input);
  }

  private void status(String id, int number, int used, double dollars) {
    var usage =
        Wire.fields("input_tokens", 1_000, "output_tokens", 500, "cache_read_input_tokens", used);
    var data = data(id, number);
    data.put("model", Wire.fields("id", "claude-opus-4-5-20251101", "display_name", "Opus 4.5"));
    data.put(
        "workspace",
        Wire.fields("current_dir", directory(number), "project_dir", directory(number)));
    data.put(
        "cost",
        Wire.fields(
            "total_cost_usd",
            dollars,
            "total_duration_ms",
            135_000,
            "total_lines_added",
            150,
            "total_lines_removed",
            30));
    data.put(
        "context_window",
        Wire.fields(
            "total_input_tokens",
            50_000,
            "total_output_tokens",
            10_000,
            "context_window_size",
            200_000,
            "current_usage",
            usage));
    send(data);
  }

  void event(String id, int number, String name, Object... more) {
    var data = data(id, number);
    data.put("hook_event_name", name);
    data.putAll(Wire.fields(more));
    send(data);
  }

  private Map<String, Object> data(String id, int number) {
    var data = new LinkedHashMap<String, Object>();
    data.put("session_id", id);
    data.put("cwd", directory(number));
    return data;
  }

  private void send(Map<String, Object> data) {
    var message = Wire.fields("harness", "claude", "data", data);
    if (at != null) {
      at = at.plusSeconds(19);
      message.put("at", at.toString());
    }
    client.send(Wire.messageOf(1, "agent_event", message));
  }

  private String directory(int number) {
    return root + "/" + PROJECTS.get(number % PROJECTS.size());
  }

  private static Map<String, String> command(String command) {
    return Map.of("command", command, "description", "Run all tests");
  }

  /** All of it has been applied. */
  void settle() {
    client.send(Wire.list());
    client.expect("session_list");
  }

  @Override
  public void close() {
    client.close();
  }
}
