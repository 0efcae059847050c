package dev.atmd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The soak, for as long as it takes to see that it works. */
@Timeout(120)
class SoakTest {
  @Test
  void passersByLeaveNothingBehind(@TempDir Path directory) throws Exception {
    var output = new StringWriter();
    try (var daemon = StartedDaemon.in(directory)) {
      var exitCode =
          new CommandLine(new Bench())
              .setOut(new PrintWriter(output, true))
              .execute("soak", "--socket", daemon.socket().toString(), "--minutes", "0.04");

      assertThat(exitCode).as(output.toString()).isZero();
    }
    var lines = output.toString().lines().toList();
    assertThat(lines).hasSize(42);
    assertThat(lines.get(40)).as("visits").doesNotContainPattern("^ *[0-9.]+ +0 ");
    assertThat(lines.getLast()).contains("RSS", "threads", "fds");
  }
}
