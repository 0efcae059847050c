package dev.atmd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Broken frames in mixed framings, fewer than the command sends when it is let. */
@Timeout(300)
class FuzzTest {
  private static final String FRAMES = "200000";

  @Test
  void brokenFramesDisturbNobody(@TempDir Path directory) throws Exception {
    var output = new StringWriter();
    try (var daemon = StartedDaemon.in(directory)) {
      var exitCode =
          new CommandLine(new Bench())
              .setOut(new PrintWriter(output, true))
              .execute("fuzz", "--socket", daemon.socket().toString(), "--frames", FRAMES);

      assertThat(exitCode).as(output.toString()).isZero();
    }
    assertThat(output.toString().lines().toList()).hasSizeGreaterThan(10);
    assertThat(output.toString()).contains("bugs: 0;");
  }
}
