package dev.atmd.client.text;

import static dev.atmd.client.Views.NOON;
import static dev.atmd.client.Views.child;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Status;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
  @Test
  void countsASubagentAsPartOfItsSession() {
    var sessions =
        List.of(
            view("a", Status.ATTENTION_NEEDED), child("a", "x", "explore"), view("b", Status.IDLE));

    assertThat(Totals.of(sessions))
        .isEqualTo(new Totals(1, 0, 1, 0.35 * 3, OffsetDateTime.parse(NOON).toInstant()));
  }

  @Test
  void countsASubagentWhoseSessionIsNotThere() {
    assertThat(Totals.of(List.of(child("a", "x", "explore"))))
        .isEqualTo(new Totals(0, 1, 0, 0.35, null));
    assertThat(Totals.of(List.of())).isEqualTo(Totals.NONE);
  }
}
