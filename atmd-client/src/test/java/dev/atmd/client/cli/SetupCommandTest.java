package dev.atmd.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.FakeDaemon;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code atm setup}, {@code atm uninstall} and {@code atm doctor} as a user meets them. */
@Timeout(30)
class SetupCommandTest {
  private static final String METRICS =
      "{\"type\":\"metrics\",\"text\":\"atmd_agent_last_event_seconds{harness=\\\"claude\\\"}"
          + " 1795262400\\natmd_agent_unknown_events_total{harness=\\\"claude\\\",name=\\\"New\\\"}"
          + " 2\\n\"}";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final HashMap<String, String> environment = new HashMap<>();
  private final List<String> questions = new ArrayList<>();

  /** What the user types; null where nobody can be asked. */
  private @Nullable String answer;

  private Path settings = Path.of("");

  @BeforeEach
  void makeHome() throws IOException {
    var bin = Files.createDirectories(directory.resolve("atmd/bin"));
    var agents = Files.createDirectories(directory.resolve("atmd/config/agents"));
    for (var reporter : List.of("opencode/atmd.js", "pi/atmd.ts", "amp/atmd.js")) {
      Files.createDirectories(agents.resolve(reporter).getParent());
      Files.writeString(agents.resolve(reporter), "// atmd reporter\n");
    }
    makeProgram(bin.resolve("atm-hook"));
    settings = directory.resolve("home/.claude/settings.json");
    Files.createDirectories(settings.getParent());
    environment.put("HOME", directory.resolve("home").toString());
    environment.put("ATMD_LAUNCHER", bin.resolve("atm").toString());
    environment.put("ATM_SOCKET", directory.resolve("s.sock").toString());
  }

  @Test
  void showsADifferenceAndAsks() throws IOException {
    Files.writeString(settings, "{\n  \"model\": \"opus\"\n}\n");
    answer = "y\n";

    assertThat(run("setup")).isZero();

    assertThat(questions).containsExactly("Write this file? [y/N] ");
    assertThat(out.toString())
        .startsWith("Claude Code\n--- " + settings + "\n+++ " + settings + "\n@@ -1,3 +1,")
        .contains("-  \"model\": \"opus\"\n", "+  \"hooks\": {\n", "wrote " + settings, "backup: ");
    assertThat(settings).content().contains("atm-hook claude");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void changesNothingWithoutAYes() throws IOException {
    Files.writeString(settings, "{}");
    for (var no : List.of("", "n", "no", "yesterday")) {
      answer = no;
      assertThat(run("setup", "claude")).isZero();
    }

    assertThat(settings).hasContent("{}");
    assertThat(out.toString()).contains("Nothing was changed.");
  }

  @Test
  void refusesWhereNobodyCanBeAsked() throws IOException {
    Files.writeString(settings, "{}");

    assertThat(run("setup")).isEqualTo(1);

    assertThat(settings).hasContent("{}");
    assertThat(err.toString()).contains("no terminal to ask on", "--yes", "--dry-run");
  }

  @Test
  void onlyShowsWithDryRun() throws IOException {
    Files.writeString(settings, "{}");

    assertThat(run("setup", "--dry-run")).isZero();

    assertThat(out.toString()).contains("+  \"hooks\": {");
    assertThat(settings).hasContent("{}");
    assertThat(questions).isEmpty();
  }

  @Test
  void saysWhenThereIsNothingToDo() {
    assertThat(run("setup", "--yes")).isZero();
    out.getBuffer().setLength(0);

    assertThat(run("setup")).isZero();
    assertThat(out.toString()).isEqualTo("Claude Code: already set up\n");
    assertThat(run("uninstall")).isZero();
    assertThat(settings).doesNotExist();
    assertThat(run("uninstall")).isZero();
    assertThat(out.toString()).endsWith("Claude Code: nothing of ours there\n");
  }

  @Test
  void goesOnWithTheOthersWhenOneFileIsBroken() throws IOException {
    Files.writeString(settings, "{\n  \"model\": opus\n}\n");
    Files.createDirectories(directory.resolve("home/.codex"));

    assertThat(run("setup", "--yes")).isEqualTo(1);

    assertThat(settings).hasContent("{\n  \"model\": opus\n}\n");
    assertThat(err.toString())
        .isEqualTo(
            "atm: "
                + settings
                + ": line 2, column 12: expected a value, found 'o'; the file is left as it is\n");
    assertThat(directory.resolve("home/.codex/hooks.json")).exists();
    assertThat(out.toString()).contains("/hooks in Codex");
  }

  @Test
  void findsWhatIsOnThePath() throws IOException {
    Files.delete(settings.getParent());
    makeProgram(Files.createDirectories(directory.resolve("path")).resolve("droid"));
    environment.put("PATH", "/nowhere::" + directory.resolve("path"));

    assertThat(run("setup", "--yes")).isZero();

    assertThat(directory.resolve("home/.factory/hooks.json")).content().contains("atm-hook droid");
    assertThat(settings).doesNotExist();
  }

  @Test
  void namesWhatItKnowsWhenNothingIsFound() throws IOException {
    Files.delete(settings.getParent());

    assertThat(run("setup")).isEqualTo(1);

    assertThat(err.toString()).contains("no coding agent was found", "claude codex opencode");
  }

  @Test
  void followsTheVariablesThatMoveSettings() {
    environment.put("CLAUDE_CONFIG_DIR", directory.resolve("elsewhere").toString());

    assertThat(run("setup", "claude", "--yes")).isZero();

    assertThat(directory.resolve("elsewhere/settings.json")).exists();
    assertThat(settings).doesNotExist();
  }

  @Test
  void needsTheProgramThatSettingsWillCall() throws IOException {
    Files.delete(directory.resolve("atmd/bin/atm-hook"));

    assertThat(run("setup", "--yes")).isEqualTo(1);

    assertThat(err.toString()).contains("no executable atm-hook beside atm in");
    assertThat(settings).doesNotExist();
  }

  @Test
  void refusesHarnessesThatThereAreNot() {
    assertThat(run("setup", "emacs")).isEqualTo(2);
  }

  @Test
  void doctorFindsNothingWrong() throws IOException {
    run("setup", "--yes");
    out.getBuffer().setLength(0);
    FakeDaemon.Answers answers =
        line -> List.of(line.contains("\"ping\"") ? "{\"type\":\"pong\",\"seq\":1}" : METRICS);
    try (var _ = FakeDaemon.answering(directory.resolve("s.sock"), answers)) {
      assertThat(run("doctor")).isZero();
      assertThat(out.toString().replaceAll(" +", " "))
          .contains(
              "ok java 25",
              "socket " + directory.resolve("s.sock"),
              "ok Claude Code connected, up to date",
              "ok daemon answers in ",
              "ok events of claude the last one 7 s ago",
              "warning unknown events of claude New");
      out.getBuffer().setLength(0);
      assertThat(run("doctor", "--json")).isZero();
    }
    assertThat(out.toString())
        .startsWith("[\n  {\n    \"level\": \"ok\",\n    \"topic\": \"java\",")
        .contains("\"level\": \"warning\"")
        .endsWith("\n]\n");
  }

  @Test
  void doctorSaysWhatToDoWithoutADaemonAndWithoutHooks() throws IOException {
    Files.writeString(settings, "{\"disableAllHooks\": true}");
    Files.createDirectories(directory.resolve("home/.qwen"));

    assertThat(run("doctor")).isEqualTo(1);

    assertThat(out.toString().replaceAll(" +", " "))
        .contains(
            "problem socket nothing at ",
            "problem daemon no daemon listens at ",
            "do: start the daemon: `atmd start`",
            "warning Claude Code disableAllHooks is true",
            "warning Qwen Code not connected",
            "do: `atm setup qwen`");
  }

  @Test
  void hasTheSenderCompiled() throws IOException {
    var sender = directory.resolve("atmd/bin/atm-hook");
    Files.writeString(sender, "#!/bin/sh\n[ \"$1\" = --build ] && echo /cache/atm-send\n");

    assertThat(run("setup", "--yes")).isZero();
    assertThat(out.toString()).endsWith("compiled /cache/atm-send\n");
  }

  private static void makeProgram(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private int run(String... arguments) {
    var terminal =
        new Terminal() {
          @Override
          public boolean isInteractive() {
            return false;
          }

          @Override
          public Size size() {
            return Size.UNBOUNDED;
          }

          @Override
          public Optional<String> ask(String question) {
            if (answer != null) {
              questions.add(question);
            }
            return Optional.ofNullable(answer);
          }
        };
    var surroundings =
        new Surroundings(
            environment, InstantSource.fixed(Instant.parse("2026-11-21T12:00:07Z")), terminal);
    return Atm.commandLine(surroundings)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
