package dev.atmd.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script, as bash runs it. */
@Timeout(30)
class CompletionTest {
  @TempDir private Path directory;

  @Test
  void completesCommands() throws Exception {
    assertThat(completions("atm", "st")).containsExactly("status");
  }

  @Test
  void completesOptionsAndTheirValues() throws Exception {
    assertThat(completions("atm", "wait", "--ti")).containsExactly("--timeout");
    assertThat(completions("atm", "wait", "--until", ""))
        .containsExactlyInAnyOrder("attention", "idle", "settled");
  }

  @Test
  void makesZshReadyForIt() throws IOException {
    assertThat(script("zsh")).startsWith("autoload -U +X compinit").contains("bashcompinit");
  }

  @Test
  void knowsNoOtherShell() {
    assertThat(
            Atm.commandLine(Surroundings.ofThisProcess())
                .setErr(new PrintWriter(new StringWriter()))
                .execute("completion", "fish"))
        .isEqualTo(2);
  }

  private List<String> completions(String... words) throws IOException, InterruptedException {
    var script = Files.writeString(directory.resolve("atm-completion"), script("bash"));
    var program =
        """
        set -e
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        complete -p atm >/dev/null
        compopt() { :; } # works only where bash itself calls
        _complete_atm
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    var command = new ArrayList<>(List.of("bash", "-c", program, "bash"));
    command.add(script.toString());
    command.addAll(List.of(words));
    var bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static String script(String shell) throws IOException {
    var out = new StringWriter();
    var code =
        Atm.commandLine(Surroundings.ofThisProcess())
            .setOut(new PrintWriter(out))
            .execute("completion", shell);
    assertThat(code).isZero();
    return out.toString();
  }
}
