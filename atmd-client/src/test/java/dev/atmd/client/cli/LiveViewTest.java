package dev.atmd.client.cli;

import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.cli.FeedEvent.Back;
import dev.atmd.client.cli.FeedEvent.Lost;
import dev.atmd.client.cli.FeedEvent.News;
import dev.atmd.core.session.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:07Z");

  private final LiveView view = new LiveView(Path.of("/run/atm.sock"), new Paint(false));

  @Test
  void saysHowToGetASession() {
    view.apply(new News(list(1)));

    assertThat(frame(80, 24)).contains("No sessions.", "ATM_SOCKET=/run/atm.sock");
  }

  @Test
  void claimsNothingBeforeTheFirstList() {
    assertThat(frame(80, 24)).doesNotContain("No sessions.");
  }

  @Test
  void tellsWhileTheDaemonIsGoneAndKeepsWhatItKnows() {
    view.apply(new News(list(1, view("5b1c7a52", Status.WORKING))));

    view.apply(new Lost(new IOException("broken\u001b"), Duration.ofMillis(3_400)));
    assertThat(frame(80, 24))
        .contains("Not connected, trying again in 3 s: broken\uFFFD", "5b1c7a52");

    view.apply(new Back());
    assertThat(frame(80, 24)).doesNotContain("Not connected");
  }

  @Test
  void fitsIntoTheHeight() {
    view.apply(
        new News(list(1, view("a", Status.IDLE), view("b", Status.IDLE), view("c", Status.IDLE))));

    assertThat(view.frame(NOW, new Terminal.Size(80, 6))).hasSize(6);
    assertThat(view.frame(NOW, new Terminal.Size(80, 5)))
        .hasSize(5)
        .last()
        .isEqualTo("… and 2 more");
  }

  @Test
  void startsWithTheSum() {
    view.apply(new News(list(1, view("a", Status.IDLE), view("b", Status.ATTENTION_NEEDED))));

    assertThat(view.frame(NOW, new Terminal.Size(80, 24)).getFirst())
        .isEqualTo("1↑ 1! $0.70  /run/atm.sock");
  }

  private String frame(int columns, int rows) {
    return String.join("\n", view.frame(NOW, new Terminal.Size(columns, rows)));
  }
}
