package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bin/atm-hook}, with the daemon up, down, frozen and at its limits. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Sender#all")
final class HookTest {
  /** Ten times its budget: other programs run on this machine too. */
  private static final Duration FAR_MORE_THAN_ITS_BUDGET = Duration.ofSeconds(2);

  private final Sender sender;

  HookTest(Sender sender) {
    this.sender = sender;
  }

  private static String prompt(String id) {
    return Wire.json(
        Wire.fields("session_id", id, "hook_event_name", "UserPromptSubmit", "prompt", "go"));
  }

  private static List<JsonNode> sessions(TestDaemon daemon) {
    try (var client = daemon.extended()) {
      return client.list();
    }
  }

  private static JsonNode session(TestDaemon daemon, String id) {
    var found = new ArrayList<JsonNode>();
    Waiting.until(
        "there is a session " + id,
        () -> {
          found.addAll(
              sessions(daemon).stream().filter(one -> one.path("id").asText().equals(id)).toList());
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private static void assertSilent(Hook.Ended ended) {
    assertThat(ended.output()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void tellsWhatThePayloadLacks() {
    try (var daemon = InProcessDaemon.start()) {
      var id = Unique.name("s");
      var hook = Hook.of(sender, daemon.socket(), "claude").with("TMUX_PANE", "%7");

      assertSilent(hook.call(prompt(id)));

      var session = session(daemon, id);
      assertThat(session.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
      assertThat(session.path("tmux_pane").asText()).isEqualTo("%7");
      assertThat(session.path("status").asText()).isEqualTo("working");
      assertThat(hook.spooled()).isEmpty();
    }
  }

  @Test
  void knowsWhoRunsAHookThatWasInstalledForAnother() {
    try (var daemon = InProcessDaemon.start()) {
      var droid = Unique.name("droid");
      var nested = Unique.name("nested");

      var hook = Hook.of(sender, daemon.socket(), "claude").with("DROID_PROJECT_DIR", "/x");
      assertSilent(hook.call(prompt(droid)));
      assertSilent(hook.with("CLAUDE_CODE_SESSION_ID", nested).call(prompt(nested)));

      assertThat(session(daemon, droid).path("harness").asText()).isEqualTo("droid");
      assertThat(session(daemon, nested).path("harness").asText()).isEqualTo("claude");
    }
  }

  @Test
  void findsTheAgentBehindAShell() {
    try (var daemon = InProcessDaemon.start()) {
      var id = Unique.name("s");

      assertSilent(Hook.throughShell(sender, daemon.socket(), "claude").call(prompt(id)));

      assertThat(session(daemon, id).path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    }
  }

  @Test
  void takesAPayloadOfManyBuffers() {
    try (var daemon = InProcessDaemon.start()) {
      var id = Unique.name("s");
      var payload =
          Wire.json(
              Wire.fields(
                  "tool_response",
                  "\"{[\\\n\u00e9".repeat(60_000),
                  "session_id",
                  id,
                  "hook_event_name",
                  "PreToolUse",
                  "tool_name",
                  "Bash"));

      assertSilent(Hook.of(sender, daemon.socket(), "claude").call(payload));

      assertThat(session(daemon, id).path("status").asText()).isEqualTo("working");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "claude, ''",
    "claude, not json",
    "claude, [1]",
    "claude, '{\"session_id\":'",
    "claude, '{}}'",
    "no/such/harness, {}",
    "abacus, {}",
  })
  void saysNothingWhateverItIsGiven(String harness, String payload) {
    try (var daemon = InProcessDaemon.start()) {
      var hook = Hook.of(sender, daemon.socket(), harness);

      assertSilent(hook.call(payload));

      assertThat(hook.spooled()).isEmpty();
      assertThat(sessions(daemon)).isEmpty();
    }
  }

  @Test
  void putsDownWhatNobodyListensForAndTheDaemonTakesItUpAsItStarts() throws IOException {
    try (var files = TestDirectory.create()) {
      var id = Unique.name("s");
      var hook = Hook.of(sender, files.socket(), "claude").with("ATM_PID", "0");

      assertSilent(hook.call(prompt(id)));
      assertSilent(hook.call(prompt(id).replace("UserPromptSubmit", "Stop")));

      var lines = hook.spooled();
      assertThat(lines).hasSize(2);
      assertThat(mode(hook.spool())).isEqualTo(0700);
      assertThat(mode(hook.spool().resolve("events.jsonl"))).isEqualTo(0600);
      var sentAt = Wire.parse(lines.getLast()).path("at").asText();
      try (var daemon = ProcessDaemon.start(files)) {
        var session = sessions(daemon).getFirst();
        assertThat(session.path("id").asText()).isEqualTo(id);
        assertThat(session.path("status").asText()).isEqualTo("idle");
        assertThat(session.path("since").asText()).startsWith(sentAt.substring(0, 23));
        assertThat(hook.spooled()).isEmpty();
        try (var client = daemon.extended()) {
          client.send(Wire.message("metrics"));
          assertThat(client.expect("metrics").path("text").asText())
              .contains("atmd_spool_applied_total 2.0");
        }
      }
    }
  }

  private static int mode(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode") & 0777;
  }

  @Test
  void keepsItsBudgetWhenTheDaemonHangsAndTheEventCountsOnce() {
    try (var daemon = ProcessDaemon.start()) {
      var id = Unique.name("s");
      var hook = Hook.of(sender, daemon.socket(), "claude").with("ATM_PID", "0");
      daemon.freeze();

      var ended = hook.call(prompt(id));

      assertSilent(ended);
      System.out.println(sender + ": a hook took " + ended.took() + " with a frozen daemon");
      assertThat(ended.took()).isLessThan(FAR_MORE_THAN_ITS_BUDGET);
      assertThat(hook.spooled()).hasSize(1);

      daemon.thaw();
      var _ = session(daemon, id);
      Waiting.until("the spool is empty", () -> hook.spooled().isEmpty());
    }
  }

  @Test
  void keepsItsBudgetWhenItsInputStaysOpen() {
    try (var daemon = InProcessDaemon.start()) {
      var id = Unique.name("s");
      var whole = Hook.of(sender, daemon.socket(), "claude").callWithOpenInput(prompt(id));
      var part = Hook.of(sender, daemon.socket(), "claude").callWithOpenInput("{\"session");
      var none = Hook.of(sender, daemon.socket(), "claude").callWithOpenInput("");

      for (var ended : List.of(whole, part, none)) {
        assertSilent(ended);
        assertThat(ended.took()).isLessThan(FAR_MORE_THAN_ITS_BUDGET);
      }
      assertThat(sessions(daemon)).hasSize(1);
    }
  }

  @Test
  void putsItDownWhenNobodyAcceptsConnections() throws IOException {
    try (var files = TestDirectory.create();
        var deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Files.createDirectories(files.socket().getParent());
      var address = UnixDomainSocketAddress.of(files.socket());
      deaf.bind(address, 1);
      var waiting = new ArrayList<SocketChannel>();
      while (waiting.isEmpty() || waiting.getLast().isConnected()) {
        waiting.add(SocketChannel.open(StandardProtocolFamily.UNIX));
        var _ = waiting.getLast().configureBlocking(false);
        try {
          waiting.getLast().connect(address);
        } catch (IOException _) {
          break;
        }
      }
      var hook = Hook.of(sender, files.socket(), "claude");

      var ended = hook.call(prompt("s"));

      assertSilent(ended);
      assertThat(ended.took()).isLessThan(FAR_MORE_THAN_ITS_BUDGET);
      assertThat(hook.spooled()).hasSize(1);
      for (var one : waiting) {
        one.close();
      }
    }
  }

  @Test
  void keepsTheOldestAndCountsTheRestWhenTheSpoolIsFull() throws IOException {
    try (var files = TestDirectory.create()) {
      var hook = Hook.of(sender, files.socket(), "claude");
      assertSilent(hook.call(prompt("oldest")));
      var events = hook.spool().resolve("events.jsonl");
      var full = 16 * 1024 * 1024 - 100;
      try (var file = Files.newByteChannel(events, StandardOpenOption.WRITE)) {
        file.position(full - 1).write(ByteBuffer.wrap(new byte[] {'\n'}));
      }

      assertSilent(hook.call(prompt("newest")));
      assertSilent(hook.call(prompt("newest")));

      assertThat(events).hasSize(full);
      assertThat(hook.spool().resolve("dropped")).hasSize(2);
    }
  }

  @Test
  void touchesNothingInTheSpoolThatIsNoFileOfOurs() throws IOException {
    try (var files = TestDirectory.create()) {
      var hook = Hook.of(sender, files.socket(), "claude");
      Files.createDirectories(hook.spool());
      Files.setPosixFilePermissions(hook.spool(), PosixFilePermissions.fromString("rwx------"));
      var events = hook.spool().resolve("events.jsonl");
      var elsewhere = Files.writeString(files.path().resolve("elsewhere"), "precious");
      Files.createSymbolicLink(events, elsewhere);
      Commands.run("mkfifo", hook.spool().resolve("draining-000000.jsonl").toString());

      assertSilent(hook.call(prompt("s")));
      try (var daemon = ProcessDaemon.start(files)) {
        assertThat(sessions(daemon)).isEmpty();
        assertThat(elsewhere).hasContent("precious");
      }
    }
  }

  @Test
  void usesNoSpoolThatOthersCanWriteTo() throws IOException {
    try (var files = TestDirectory.create()) {
      var hook = Hook.of(sender, files.socket(), "claude");
      Files.createDirectories(hook.spool());
      Files.setPosixFilePermissions(hook.spool(), PosixFilePermissions.fromString("rwxrwxrwx"));

      assertSilent(hook.call(prompt("s")));

      assertThat(hook.spool()).isEmptyDirectory();
    }
  }

  @Test
  void passesTheUsersStatusLineThrough() {
    try (var daemon = InProcessDaemon.start()) {
      var id = Unique.name("s");
      var status = Wire.json(Wire.parse(Wire.status(id, 0, 1.5)).path("data"));

      var ended =
          Hook.of(sender, daemon.socket(), "claude", "status-line", "cat; echo oops >&2; exit 7")
              .with("TMUX_PANE", "%7")
              .call(status);

      assertThat(ended.output()).isEqualTo(status + "oops\n");
      assertThat(ended.exitCode()).isEqualTo(7);
      assertThat(session(daemon, id).path("cost_usd").asDouble()).isEqualTo(1.5);
    }
  }

  @Test
  void aStatusLineWithoutACommandIsEmpty() {
    try (var daemon = InProcessDaemon.start()) {
      var id = Unique.name("s");
      var status = Wire.json(Wire.parse(Wire.status(id, 0, 1.5)).path("data"));

      assertSilent(Hook.of(sender, daemon.socket(), "claude", "status-line").call(status));

      var _ = session(daemon, id);
    }
  }

  @Test
  void theUsersStatusLineDoesNotWaitForAFrozenDaemon() {
    try (var daemon = ProcessDaemon.start()) {
      daemon.freeze();
      var hook = Hook.of(sender, daemon.socket(), "claude", "status-line", "echo mine");

      var ended = hook.call("{\"session_id\":\"s\"}");

      assertThat(ended.output()).isEqualTo("mine\n");
      assertThat(ended.took()).isLessThan(FAR_MORE_THAN_ITS_BUDGET);
      Waiting.until("it is in the spool", () -> hook.spooled().size() == 1);
      daemon.thaw();
    }
  }
}
