package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits is told of, by the real daemon and a real program. */
final class NotifyTest {
  private final TestDirectory files = TestDirectory.create();

  @AfterEach
  void removeFiles() {
    files.close();
  }

  /** Writes down what it is told, a line each. */
  private Path program() throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    var program = Files.createFile(files.path().resolve("tell"), mode);
    return Files.writeString(
        program, "#!/bin/sh\necho \"$ATM_TITLE | $ATM_TEXT\" >>" + told() + "\n");
  }

  private Path told() {
    return files.path().resolve("told");
  }

  private List<String> lines() {
    try {
      return Files.exists(told()) ? Files.readAllLines(told()) : List.of();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ProcessDaemon start() throws IOException {
    return ProcessDaemon.start(
        files,
        "notify.channels=command",
        "notify.escalation=command",
        "notify.command=" + program(),
        "notify.settles_seconds=0.2",
        "notify.cooldown_seconds=0",
        "notify.escalates_seconds=0.5");
  }

  @Test
  void tellsWhichSessionAsksWhat() throws IOException {
    var daemon = start();
    try (var client = daemon.greeted()) {
      client.send(asking("npm publish # token ghp_" + "a1".repeat(18)));

      Waiting.until("it is told twice", () -> lines().size() == 2, () -> lines().toString());
      assertThat(lines())
          .containsExactly(
              "shop needs input | Bash: npm publish # token [masked]",
              "shop still needs input | Bash: npm publish # token [masked]");

      client.send(Wire.hook("answered", Unique.pid(), "PermissionRequest", "tool_name", "Bash"));
      client.send(Wire.hook("answered", Unique.pid(), "UserPromptSubmit", "prompt", "go on"));
      client.expectQuiet();
      var log = deliveries(daemon);
      assertThat(log).hasSize(2).allMatch(line -> line.equals("needs_input command true ran"));
    }
    daemon.kill();
  }

  private static String asking(String command) {
    var payload =
        Map.of(
            "session_id", "asks",
            "hook_event_name", "PermissionRequest",
            "cwd", "/home/dev/shop",
            "tool_name", "Bash",
            "tool_input", Map.of("command", command));
    return Wire.messageOf(1, "agent_event", Map.of("harness", "claude", "data", payload));
  }

  private static List<String> deliveries(ProcessDaemon daemon) {
    try (var client = daemon.extended()) {
      client.send(Wire.messageOf(1, "notices", Map.of()));
      var deliveries = client.expect("notices").path("deliveries");
      return deliveries
          .valueStream()
          .map(one ->
              "%s %s %s %s"
                  .formatted(
                      one.path("kind").asText(),
                      one.path("channel").asText(),
                      one.path("worked").asBoolean(),
                      one.path("outcome").asText()))
          .toList();
    }
  }

  @Test
  void aTestIsToldByCommand() throws IOException {
    var daemon = start();
    var atm = Checkout.root().resolve("bin").resolve("atm").toString();

    var output = Commands.run(atm, "notify", "test", "--socket", daemon.socket().toString());

    assertThat(output).contains("needs_input", "command", "ran");
    assertThat(lines()).containsExactly("atm needs input | This is a test; nothing waits for you.");
    daemon.kill();
  }

  @Test
  void isNotStartedToTellInPlainTextWhatOthersCanRead() {
    var daemon =
        ProcessDaemon.startInVain(files, files.socket(), "notify.webhook=http://ntfy.lan/topic");

    assertThat(daemon.awaitExit(20_000)).isEqualTo(1);
    assertThat(daemon.output()).contains("notify.webhook", "plain http", "notify.webhook_plain");
    assertThat(files.socket()).doesNotExist();
  }

  @Test
  void withoutAChannelATestSaysWhatToDo() {
    try (var daemon = ProcessDaemon.start();
        var client = daemon.extended()) {
      client.send(Wire.messageOf(1, "notify_test", Map.of()));

      assertThat(client.expectError("no_channel").path("message").asText())
          .contains("notify.channels");
    }
  }
}
