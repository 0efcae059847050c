package dev.atmd.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Harness;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HarnessMatcherTest {
  @Test
  void knowsAnAgentByItsExecutable() {
    assertThat(match("/opt/bin/claude", "whatever")).contains(Harness.CLAUDE);
    assertThat(match("/home/dev/.local/share/claude/versions/2.1.0", "x")).contains(Harness.CLAUDE);
    assertThat(match("/usr/bin/pi", "pi")).contains(Harness.PI);
  }

  @Test
  void knowsAnAgentByTheNameItWasCalledBy() {
    assertThat(match("/usr/bin/node", "claude", "--resume")).contains(Harness.CLAUDE);
    assertThat(match(null, "/usr/local/bin/claude")).contains(Harness.CLAUDE);
  }

  @Test
  void knowsAnAgentAsTheScriptOfAnInterpreter() {
    assertThat(match("/usr/bin/node", "node", "-r", "x.js", "/opt/bin/claude"))
        .contains(Harness.CLAUDE);
    assertThat(match("/usr/bin/node", "node", "--max-old-space-size=4096", "/opt/bin/claude"))
        .contains(Harness.CLAUDE);
    assertThat(match("/usr/bin/python3.13", "/usr/bin/python3.13", "/opt/bin/claude"))
        .contains(Harness.CLAUDE);
    assertThat(match("/usr/bin/node", "node", "/x/pi-coding-agent/dist/cli.js"))
        .contains(Harness.PI);
  }

  @Test
  void takesNobodyForAnAgentThatMerelyMentionsOne() {
    assertThat(match("/usr/bin/tail", "tail", "-f", "/var/log/claude")).isEmpty();
    assertThat(match("/usr/bin/vim", "vim", "/home/dev/bin/pi")).isEmpty();
    assertThat(match("/usr/bin/node", "node", "server.js", "/opt/bin/claude")).isEmpty();
    assertThat(match("/bin/pi-hole", "pi")).isEmpty();
  }

  @Test
  void knowsNothingOfAKernelThread() {
    assertThat(match(null)).isEmpty();
  }

  private static Optional<Harness> match(@Nullable String executable, String... commandLine) {
    return HarnessMatcher.match(Optional.ofNullable(executable), List.of(commandLine));
  }
}
