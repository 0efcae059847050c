package dev.atmd.client.cli;

import static dev.atmd.client.Views.child;
import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.cli.WaitCommand.Goal;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SessionView;
import org.junit.jupiter.api.Test;

class WaitTest {
  @Test
  void isOverWhenOneNeedsInput() {
    var wait = new Wait(Goal.ATTENTION, null, null);

    assertThat(wait.isOverWith(list(1, view("a", Status.WORKING), view("b", Status.IDLE))))
        .isFalse();
    assertThat(wait.isOverWith(updated(view("a", Status.ATTENTION_NEEDED)))).isTrue();
    assertThat(wait.ids()).containsExactly("a");
  }

  @Test
  void isOverWhenAllAreIdle() {
    var wait = new Wait(Goal.IDLE, null, null);

    assertThat(wait.isOverWith(list(1, view("a", Status.WORKING), view("b", Status.IDLE))))
        .isFalse();
    assertThat(wait.isOverWith(updated(view("a", Status.IDLE)))).isTrue();
    assertThat(wait.ids()).containsExactly("a", "b");
  }

  @Test
  void awaitsTheFirstSession() {
    var wait = new Wait(Goal.IDLE, null, null);

    assertThat(wait.isOverWith(list(1))).isFalse();
    assertThat(wait.isOverWith(updated(view("a", Status.WORKING)))).isFalse();
    assertThat(wait.isOverWith(new SessionRemoved("a", 3, "run-1", "session_ended", null)))
        .isTrue();
  }

  @Test
  void isSettledOnlyWhenTheSubagentsAreToo() {
    var child = child("a", "x1", "explore");
    var idle = new Wait(Goal.IDLE, null, null);
    var settled = new Wait(Goal.SETTLED, null, null);

    assertThat(idle.isOverWith(list(1, view("a", Status.IDLE), child))).isTrue();
    assertThat(settled.isOverWith(list(1, view("a", Status.IDLE), child))).isFalse();
    assertThat(settled.isOverWith(new SessionRemoved(child.id(), 3, "run-1", "", null))).isTrue();
    assertThat(settled.ids()).containsExactly("a");
  }

  @Test
  void looksAtOneSessionOnly() {
    var wait = new Wait(Goal.IDLE, "5b1c", null);

    assertThat(
            wait.isOverWith(list(1, view("5b1c7a52", Status.WORKING), view("6", Status.WORKING))))
        .isFalse();
    assertThat(wait.isOverWith(updated(view("5b1c7a52", Status.IDLE)))).isTrue();
    assertThat(wait.ids()).containsExactly("5b1c7a52");
  }

  @Test
  void looksAtOneProjectOnly() {
    var shop = view("a", Status.IDLE, null, "/home/dev/shop", "main");
    var docs = view("b", Status.WORKING, null, "/home/dev/docs", "main");

    assertThat(new Wait(Goal.IDLE, null, "shop").isOverWith(list(1, shop, docs))).isTrue();
    assertThat(new Wait(Goal.IDLE, null, "docs").isOverWith(list(1, shop, docs))).isFalse();
  }

  private static SessionUpdated updated(SessionView view) {
    return new SessionUpdated(view, 2, "run-1");
  }
}
