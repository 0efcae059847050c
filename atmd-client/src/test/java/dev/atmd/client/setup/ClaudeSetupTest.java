package dev.atmd.client.setup;

import static dev.atmd.client.setup.TestHome.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the settings of Claude Code, in words. */
class ClaudeSetupTest {
  private static final String SETTINGS = ".claude/settings.json";

  @TempDir private Path directory;
  private TestHome user = new TestHome(Path.of(""), Path.of(""));

  @BeforeEach
  void makeHome() throws IOException {
    user = TestHome.in(directory);
    Files.createDirectories(user.file(".claude"));
  }

  @Test
  void asksForOneReportPerBatchOfToolsAndNonePerTool() throws IOException {
    install();

    var settings = settings();
    assertThat(settings)
        .contains("\"PostToolBatch\"", "\"AskUserQuestion|ExitPlanMode\"", "\"SessionEnd\"")
        .doesNotContain("\"PostToolUse\"", "\"MessageDisplay\"", "WorktreeCreate");
    assertThat(settings.split("\"PreToolUse\"", -1)).hasSize(2);
  }

  /** Each report is one process: the shell becomes atm-hook, and that the sender. */
  @Test
  void aTurnOfTwentyToolCallsIsTwentyTwoReports() throws IOException {
    install();
    var turn = new ArrayList<>(List.of("UserPromptSubmit"));
    for (var call = 0; call < 20; call++) {
      turn.addAll(List.of("PreToolUse", "PostToolUse", "PostToolBatch"));
    }
    turn.add("Stop");

    var hooks = JsonDocument.of(settings(), false);
    var reports =
        turn.stream()
            .map(event -> hooks.at(List.of("hooks", event)))
            .filter(Objects::nonNull)
            .filter(groups -> !groups.meaning().toString().contains("AskUserQuestion"))
            .count();

    assertThat(reports).isEqualTo(22);
  }

  @Test
  void looksLikeTheRestOfTheFile() throws IOException {
    write("{\n\t\"model\": \"opus\"\n}\n");

    install();

    assertThat(settings())
        .startsWith(
            """
            {
            \t"model": "opus",
            \t"hooks": {
            \t\t"SessionStart": [
            \t\t\t{"hooks": [{"type": "command", "command": "exec %s claude", "async": true, "timeout": 2}]}
            \t\t],
            """
                .formatted(hook()));
  }

  @Test
  void standsBesideForeignHooksOfTheSameEvent() throws IOException {
    write("{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"beep\"}]}]}}");

    install();

    assertThat(settings())
        .startsWith(
            "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"beep\"}]},{")
        .doesNotContain("\n");
  }

  @Test
  void wrapsTheUsersStatusLine() throws IOException {
    write("{\"statusLine\": {\"type\": \"command\", \"command\": \"echo 'a b' | tr a c\"}}");

    install();

    assertThat(settings())
        .contains(hook() + " claude status-line 'echo '\\\\''a b'\\\\'' | tr a c'\"");
  }

  @Test
  void quotesThePathForTheShell() throws IOException {
    user =
        new TestHome(
            user.home(), TestHome.in(directory.resolve("o"), "it's \"my\" $x").installed());

    install();

    var command = new Sender(user.installed().resolve("bin/atm-hook")).command("claude");
    assertThat(ShellWords.split(command))
        .containsExactly("exec", user.installed().resolve("bin/atm-hook").toString(), "claude");
    assertThat(settings()).contains(JsonStyle.quoted(command));
    var run = new ProcessBuilder("sh", "-c", command).start();
    assertThat(run.onExit().join().exitValue()).isZero();
  }

  @Test
  void leavesEverythingElseThatChangedSinceThen() throws IOException {
    write("{\n  \"model\": \"opus\",\n  \"statusLine\": {\"command\": \"echo \\u0041\"}\n}\n");
    install();
    Files.writeString(
        user.file(SETTINGS), settings().replace("\"opus\",", "\"sonnet\", // cheaper"));

    uninstall();

    assertThat(settings())
        .isEqualTo(
            "{\n  \"model\": \"sonnet\", // cheaper\n  \"statusLine\": {\"command\": \"echo"
                + " \\u0041\"}\n}\n");
  }

  @Test
  void keepsWhatTheUserAddedToAFileThatWasOurs() throws IOException {
    install();
    Files.writeString(
        user.file(SETTINGS), settings().replaceFirst("\\{", "{\n  \"model\": \"x\","));

    uninstall();

    assertThat(settings()).isEqualTo("{\n  \"model\": \"x\"\n}\n");
  }

  @Test
  void keepsAHookThatTheUserAddedToAnEventThatWeBegan() throws IOException {
    write("{\n  \"hooks\": {\n    \"Stop\": []\n  }\n}\n");
    install();
    var mine = "{\n        \"hooks\": [{\"type\": \"command\", \"command\": \"mine\"}]\n      }";
    Files.writeString(
        user.file(SETTINGS), settings().replaceFirst("\"PostToolBatch\": \\[", "$0" + mine + ","));

    uninstall();

    assertThat(settings())
        .contains("\"mine\"", "\"Stop\": []")
        .doesNotContain("atm-hook", "SessionStart");
  }

  @Test
  void removesTheFileAgainThatItMade() throws IOException {
    install();
    uninstall();

    assertThat(user.file(SETTINGS)).doesNotExist();
    assertThat(user.file(".local/state/atm/setup")).doesNotExist();
  }

  @Test
  void replacesTheEntriesOfAnOlderVersion() throws IOException {
    write(
        "{\"hooks\": {\"PostToolUse\": [{\"matcher\": \"*\", \"hooks\": [{\"type\": \"command\","
            + " \"command\": \"/old/bin/atm-hook claude\"}]}]}}");
    assertThat(user.connection("claude").presence()).isEqualTo(Presence.OUTDATED);

    install();

    assertThat(settings()).doesNotContain("/old/bin", "\"PostToolUse\"").contains(hook());
    assertThat(user.connection("claude").presence()).isEqualTo(Presence.CURRENT);
  }

  @Test
  void seesThatAnEntryIsGone() throws IOException {
    install();
    Files.writeString(user.file(SETTINGS), settings().replaceFirst("\"Stop\"", "\"Other\""));

    assertThat(user.connection("claude").presence()).isEqualTo(Presence.OUTDATED);
  }

  @Test
  void doesNotMindThatClaudeWroteTheFileAnew() throws IOException {
    write("{\n\t\"model\": \"opus\"\n}\n");
    install();
    Files.writeString(user.file(SETTINGS), settings().replace("\t", "  ").replace("opus", "haiku"));

    assertThat(user.connection("claude").install().changes()).isEmpty();
    uninstall();
    assertThat(settings()).isEqualTo("{\n  \"model\": \"haiku\"\n}\n");
  }

  @Test
  void followsALinkAndKeepsTheMode() throws IOException {
    var target = directory.resolve("dotfiles.json");
    Files.writeString(target, "{}\n");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(user.file(SETTINGS), Path.of("../../dotfiles.json"));

    install();

    assertThat(user.file(SETTINGS)).isSymbolicLink();
    assertThat(Files.readString(target)).contains("atm-hook");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-r-----");
    uninstall();
    assertThat(user.file(SETTINGS)).isSymbolicLink();
    assertThat(target).hasContent("{}\n");
  }

  @Test
  void keepsABackup() throws IOException {
    write("{\"model\": \"opus\"}");

    var backup = user.connection("claude").install().changes().getFirst().apply();

    assertThat(backup)
        .hasValueSatisfying(path -> assertThat(path).hasContent("{\"model\": \"opus\"}"));
  }

  @Test
  void refusesToOverwriteWhatChangedSinceTheDiffWasShown() throws IOException {
    write("{}");
    var change = user.connection("claude").install().changes().getFirst();
    write("{\"model\": \"opus\"}");

    assertThatIOException()
        .isThrownBy(change::apply)
        .withMessageContaining("changed by somebody else");
    assertThat(settings()).isEqualTo("{\"model\": \"opus\"}");
  }

  private void install() throws IOException {
    assertThat(apply(user.connection("claude").install())).isEqualTo(1);
  }

  private void uninstall() throws IOException {
    assertThat(apply(user.connection("claude").uninstall())).isEqualTo(1);
  }

  private String hook() {
    return user.installed().resolve("bin/atm-hook").toString();
  }

  private void write(String text) throws IOException {
    Files.writeString(user.file(SETTINGS), text);
  }

  private String settings() throws IOException {
    return Files.readString(user.file(SETTINGS));
  }
}
