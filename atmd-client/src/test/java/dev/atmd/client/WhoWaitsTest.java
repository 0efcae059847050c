package dev.atmd.client;

import static dev.atmd.client.Views.line;
import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/client.md shows compiles, and does what it says. */
@Timeout(30)
class WhoWaitsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");

  @Test
  void thePageShowsTheExampleAsItIs() throws Exception {
    var source =
        Files.readString(ROOT.resolve("atmd-client/src/test/java/dev/atmd/client/WhoWaits.java"));
    var example =
        source.substring(source.indexOf("  // example\n") + 13, source.indexOf("  // end"));

    assertThat(Files.readString(ROOT.resolve("docs/client.md")))
        .contains("```java\n" + example.stripTrailing().stripIndent() + "\n```\n");
  }

  @Test
  void tellsWhoWaits(@TempDir Path directory) throws Exception {
    var socket = directory.resolve("d.sock");
    var sessions = line(list(1, view("a1", Status.IDLE), view("b2", Status.ATTENTION_NEEDED)));
    var waiting = new LinkedBlockingQueue<String>();
    try (var _ = FakeDaemon.answering(socket, _ -> List.of(sessions))) {
      var watching =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  WhoWaits.watch(socket, waiting::add);
                } catch (IOException e) {
                  waiting.add(String.valueOf(e.getMessage()));
                }
              });
      assertThat(waiting.poll(20, TimeUnit.SECONDS)).startsWith("b2 ");
      watching.interrupt();
    }
  }
}
