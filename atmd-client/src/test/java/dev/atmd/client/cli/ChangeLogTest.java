package dev.atmd.client.cli;

import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.text.SessionWords;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:07.5Z");

  private final ChangeLog log = new ChangeLog();

  @Test
  void tellsOnlyWhatTheEyeCanSee() {
    log.lines(list(1, view("a", Status.IDLE)), NOW);

    assertThat(log.lines(updated(view("a", Status.WORKING), 2), NOW))
        .containsExactly("2026-11-21T12:00:07Z > a claude working 22% $0.35 shop/main");
    assertThat(log.lines(updated(moved(view("a", Status.WORKING)), 3), NOW)).isEmpty();
  }

  @Test
  void tellsOfASessionThatComesBack() {
    log.lines(list(1, view("a", Status.IDLE)), NOW);
    log.lines(new SessionRemoved("a", 2, "run-1", "ended", null), NOW);

    assertThat(log.lines(updated(view("a", Status.IDLE), 3), NOW)).hasSize(1);
  }

  @Test
  void startsAgainWithEachList() {
    log.lines(list(1, view("a", Status.IDLE)), NOW);

    assertThat(log.lines(list(2, view("b", Status.IDLE), view("a", Status.WORKING)), NOW))
        .containsExactly(
            "2026-11-21T12:00:07Z > a claude working 22% $0.35 shop/main",
            "2026-11-21T12:00:07Z - b claude idle 22% $0.35 shop/main");
  }

  /** The same session with another directory, which has no place on the line. */
  private static SessionView moved(SessionView view) {
    return view(view.id(), SessionWords.statusOf(view), null, "/elsewhere/shop", "main");
  }

  private static SessionUpdated updated(SessionView view, long seq) {
    return new SessionUpdated(view, seq, "run-1");
  }
}
