package dev.atmd.client;

import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SessionView;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionBoardTest {
  private static final SessionView IDLE = view("a", Status.IDLE);
  private static final SessionView WORKING = view("a", Status.WORKING);
  private static final SessionView OTHER = view("b", Status.IDLE);

  private final SessionBoard board = new SessionBoard();

  @Test
  void replacesEverythingByAList() {
    board.apply(list(1, IDLE));

    assertThat(board.apply(list(2, OTHER))).isTrue();
    assertThat(board.sessions()).containsExactly(OTHER);
  }

  @Test
  void followsUpdatesAndRemovals() {
    board.apply(list(1, IDLE, OTHER));

    assertThat(board.apply(updated(WORKING, 2))).isTrue();
    assertThat(board.sessions()).containsExactly(WORKING, OTHER);
    assertThat(board.apply(removed("b", 3))).isTrue();
    assertThat(board.sessions()).containsExactly(WORKING);
  }

  @Test
  void knowsWhatIsNothingNew() {
    board.apply(list(1, IDLE));

    assertThat(board.apply(updated(IDLE, 2))).isFalse();
    assertThat(board.apply(removed("unknown", 3))).isFalse();
    assertThat(board.apply(new Pong(4))).isFalse();
  }

  @Test
  void ignoresWhatIsOlderThanTheList() {
    board.apply(list(5, WORKING));

    assertThat(board.apply(updated(IDLE, 5))).isFalse();
    assertThat(board.apply(removed("a", 4))).isFalse();
    assertThat(board.sessions()).containsExactly(WORKING);
  }

  @Test
  void believesADaemonThatDoesNotCount() {
    board.apply(new SessionList(List.of(IDLE), 0, ""));

    assertThat(board.apply(new SessionUpdated(WORKING, 0, ""))).isTrue();
    assertThat(board.sessions()).containsExactly(WORKING);
  }

  @Test
  void movesASessionThatIsRenamed() {
    board.apply(list(1, view("pending-7", Status.IDLE)));

    board.apply(new SessionRemoved("pending-7", 2, "run-1", "renamed", "a"));
    board.apply(updated(IDLE, 3));

    assertThat(board.sessions()).containsExactly(IDLE);
  }

  private static SessionUpdated updated(SessionView view, long seq) {
    return new SessionUpdated(view, seq, "run-1");
  }

  private static SessionRemoved removed(String id, long seq) {
    return new SessionRemoved(id, seq, "run-1", "ended", null);
  }
}
