package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code atm top} in a real terminal, as the person in front of it sees it. */
final class DashboardTest {
  private static final String UNTOUCHED = "alternate=0 cursor=1";
  private static final Map<String, Object> ENDED = Map.of("hook_event_name", "SessionEnd");
  private static final String TAKEN = "alternate=1 cursor=0";

  private final TestDirectory directory = TestDirectory.create();
  private final List<AutoCloseable> resources = new ArrayList<>();
  private InProcessDaemon daemon = InProcessDaemon.start(directory);
  private final TmuxServer tmux =
      TmuxServer.start(
          directory.path().resolve("tmux"),
          80,
          24,
          "env",
          "PS1=READY> ",
          "ATM_SOCKET=" + daemon.socket(),
          "bash",
          "--norc",
          "--noprofile",
          "-i");
  private final TmuxServer.Pane shell = tmux.first();

  @BeforeEach
  void awaitTheShell() {
    resources.add(tmux);
    shell.expect("READY>");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var resource : resources.reversed()) {
      resource.close();
    }
    daemon.close();
  }

  @Test
  void followsTheSessionsAndObeysKeys() {
    launch("atm");
    shell.expect("No sessions yet", "atm setup");

    tell(
        "claude",
        "quiet-one",
        null,
        Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/quiet"));
    shell.expect("○ 1 idle", "CC quiet");
    tell("claude", "asker", null, question("Which port?"));
    tell(
        "codex",
        "worker",
        null,
        Map.of("hook_event_name", "UserPromptSubmit", "prompt", "go", "cwd", "/home/dev/busy"));
    shell.expect("◐ 1 need you", "● 1 working", "○ 1 idle", "“Which port?”", "CX busy");

    shell.type("/busy").expect("“busy” 1 of 3").expectNot("Which port?");
    shell.press("Escape").expect("Which port?");
    shell.type("G").expect("▌○ CC quiet");
    shell.type("w").expect("▌◐ CC asking", "waits for  question: AskUserQuestion “Which port?”");
    shell.type("?").expect("── help", "next session that waits for you");
    shell.type("?").expectNot("── help");

    tell("claude", "asker", null, Map.of("hook_event_name", "Stop"));
    shell.expect("◐ 0 need you", "◉ 1 done");

    tmux.run("resize-window", "-t", "main", "-x", "28", "-y", "20");
    shell.expect("◐0 ◉1 ●1 ○1").expectNot("need you");
  }

  @Test
  void keepsThePictureWhileTheDaemonIsGone() {
    tell("claude", "s1", null, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/kept"));
    launch("atm top");
    shell.expect("CC kept");

    daemon.stop();
    shell.expect("disconnected trying again", "CC kept");

    daemon = InProcessDaemon.start(directory);
    tell("claude", "s2", null, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/new"));
    shell.expect("CC new").expectNot("disconnected");
  }

  @Test
  void remembersWhatHasEndedUntilItIsClearedAway() {
    var agent = tmux.open("agent", "cat");
    tell("claude", "s1", agent, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/over"));
    launch("atm top");
    shell.expect("○ 1 idle", "○ CC over");

    tell("claude", "s1", agent, ENDED);
    shell.expect("○ 0 idle", "▾ finished 1", "■ CC over", "ended just now");
    shell.type("G").expect("▌■ CC over", "finished   ended at");
    shell.press("Enter").expect("over is over (ended): no agent to go to");
    shell.type("K").expect("over is over (ended): nothing can be done to it");

    shell.type("x").expect("cleared one finished session").expectNot("■ CC over");

    tell("claude", "s1", agent, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/over"));
    shell.expect("○ 1 idle", "○ CC over");
  }

  @Test
  void knowsWhatEndedWhileItWasNotThere() {
    tell(
        "claude", "s1", null, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/before"));
    tell("claude", "s1", null, ENDED);
    var process = start("cat");
    var began = Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/meanwhile");
    tell("claude", "s2", "%99", process.pid(), began);
    launch("atm top");
    shell.expect("○ CC meanwhile", "■ CC before", "ended just now");

    daemon.stop();
    shell.expect("disconnected");
    process.destroyForcibly();
    Waiting.until("the agent has ended", () -> !process.isAlive());
    daemon = InProcessDaemon.start(directory);

    shell.expectNot("disconnected").expect("▾ finished 2", "■ CC meanwhile", "died");
  }

  @Test
  void isContentWithoutAHistory() {
    daemon.stop();
    daemon = InProcessDaemon.start(directory, "store.enabled=false");
    tell(
        "claude", "s1", null, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/before"));
    tell("claude", "s1", null, ENDED);
    tell("claude", "s2", null, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/live"));
    launch("atm top");
    shell.expect("○ CC live");

    tell("claude", "s2", null, ENDED);

    shell.expect("▾ finished 1", "■ CC live").expectNot("before");
  }

  @Test
  void makesDoWithAsciiWhereTheLocaleIsNotUtf8() {
    tell("claude", "asker", null, question("Which port?"));
    enter("LC_ALL=POSIX " + command("atm top"));

    shell.expect("! 1 need you", "|! CC asking", "` \"Which port?\"");

    assertThat(shell.screen()).matches("[\\p{ASCII}]*");
  }

  @Test
  void typesAReplyIntoThePaneOnlyAfterItWasConfirmed() {
    var agent = tmux.open("agent", "cat");
    tell("claude", "asker", agent, question("Which port?"));
    launch("atm top");
    shell.expect("▌◐ CC asking");

    shell.type("r").expect("── reply to asking").type("8080; `id` $HOME;").press("Enter");
    shell.expect("── answer asking", "types “8080; `id` $HOME;” and the key Enter in pane");
    assertThat(agent.screen()).isEmpty();
    shell.press("Escape").expect("left it: answer");
    assertThat(agent.screen()).isEmpty();

    shell.type("r8080; `id` $HOME;").press("Enter").expect("Enter does it").press("Enter");

    shell.expect("typed “8080; `id` $HOME;”");
    agent.expect("8080; `id` $HOME;\n8080; `id` $HOME;");
  }

  @Test
  void typesNothingWhereTheAgentIsNot() {
    var elsewhere = tmux.open("elsewhere", "cat");
    var process = start("cat");
    tell("claude", "asker", elsewhere.id(), process.pid(), question("Which port?"));
    launch("atm top");

    shell.expect("▌◐ CC asking").type("1").expect("Enter does it").press("Enter");

    shell.expect("nothing was typed: asking does not run in the pane " + elsewhere.id());
    assertThat(elsewhere.screen()).isEmpty();
  }

  @Test
  void goesToThePaneOfTheAgent() {
    var agent = tmux.open("agent", "sh", "-c", "echo here is the agent; exec cat");
    tell("claude", "asker", agent, question("Which port?"));
    var outer =
        TmuxServer.start(
            directory.path().resolve("outer"),
            90,
            30,
            "env",
            "-u",
            "TMUX",
            tmux.environment(),
            "tmux",
            "attach",
            "-t",
            "main");
    resources.add(outer);
    outer.first().expect("READY>");
    launch("atm top");
    outer.first().expect("▌◐ CC asking");

    shell.press("Enter");

    outer.first().expect("here is the agent");
    assertThat(tmux.run("list-clients", "-F", "#{session_name} #{pane_id}"))
        .isEqualTo("agent " + agent.id());
  }

  @Test
  void saysWhyItCannotGoThereFromOutsideOfTmux() {
    var agent = tmux.open("agent", "cat");
    tell("claude", "asker", agent, question("Which port?"));
    enter("env -u TMUX " + command("atm top"));
    shell.expect("▌◐ CC asking").press("Enter");

    shell.expect("runs outside of tmux; the pane is " + agent.id());
  }

  @Test
  void killsOnlyAfterAConfirmation() {
    var process = start("cat");
    tell("claude", "asker", "%99", process.pid(), question("Which port?"));
    launch("atm top");
    shell.expect("▌◐ CC asking").type("K").expect("sends SIGTERM to process " + process.pid());
    assertThat(process.isAlive()).isTrue();

    shell.press("Enter").expect("sent SIGTERM");

    Waiting.until("the process has ended", () -> !process.isAlive());
  }

  @Test
  void givesTheTerminalBackHoweverItEnds() {
    for (var end : List.of("q", "C-c", "SIGTERM", "SIGHUP")) {
      var before = Unique.name("before");
      enter("echo " + before);
      shell.expect(before + "\nREADY>").type(command("atm top")).press("Enter");
      shell.expect("No sessions yet");
      assertThat(shell.terminalState()).isEqualTo(TAKEN);

      var dashboard = foreground();
      if (end.startsWith("SIG")) {
        Commands.run("kill", "-" + end.substring(3), Long.toString(dashboard.pid()));
      } else {
        shell.press(end);
      }
      Waiting.until("the dashboard has ended", () -> !dashboard.isAlive());

      shell.expectNot("No sessions yet").expect(before + "\nREADY>");
      assertThat(shell.terminalState()).as(end).isEqualTo(UNTOUCHED);
      shell.type("echo it ec").expect("echo it ec").type("hoes").press("Enter");
      shell.expect("\nit echoes\n");
    }
  }

  @Test
  void canBeSuspendedAndGoesOn() {
    launch("atm top");
    shell.expect("No sessions yet").press("C-z").expect("Stopped");
    assertThat(shell.terminalState()).isEqualTo(UNTOUCHED);

    shell.type("fg").press("Enter").expect("No sessions yet");
    tell("claude", "s1", null, Map.of("hook_event_name", "SessionStart", "cwd", "/home/dev/back"));

    shell.expect("CC back").type("q").expect("READY>");
  }

  private void launch(String command) {
    enter(command(command));
  }

  private static String command(String command) {
    return Checkout.root().resolve("bin") + "/" + command;
  }

  private void enter(String line) {
    shell.press("C-l").type(line).press("Enter");
  }

  /** The process that has the terminal of the shell. */
  private ProcessHandle foreground() {
    return ProcessHandle.of(shell.pid()).orElseThrow().children().findFirst().orElseThrow();
  }

  private Process start(String... command) {
    try {
      var process = new ProcessBuilder(command).start();
      resources.add(process::destroyForcibly);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> question(String text) {
    return Map.of(
        "hook_event_name", "PreToolUse",
        "cwd", "/home/dev/asking",
        "tool_name", "AskUserQuestion",
        "tool_use_id", "t1",
        "tool_input", Map.of("questions", List.of(Map.of("question", text))));
  }

  private void tell(
      String harness, String id, TmuxServer.@Nullable Pane pane, Map<String, ?> data) {
    tell(harness, id, pane == null ? null : pane.id(), pane == null ? null : pane.pid(), data);
  }

  private void tell(
      String harness, String id, @Nullable String pane, @Nullable Long pid, Map<String, ?> data) {
    var payload = Wire.fields("session_id", id);
    payload.putAll(data);
    var more = Wire.fields("harness", harness, "data", payload);
    if (pane != null && pid != null) {
      more.put("tmux_pane", pane);
      more.put("pid", pid);
    }
    more.put("ack", true);
    try (var client = daemon.greeted()) {
      client.send(Wire.messageOf(1, "agent_event", more)).expect("ack");
    }
  }
}
