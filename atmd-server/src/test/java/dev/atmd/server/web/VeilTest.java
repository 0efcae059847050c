package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.message.HistoryAnswer.Cost;
import dev.atmd.protocol.message.HistoryAnswer.Ended;
import dev.atmd.protocol.message.HistoryAnswer.Entries;
import dev.atmd.protocol.message.HistoryAnswer.Entry;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.HistoryAnswer.Sum;
import dev.atmd.protocol.message.HistoryAnswer.Wait;
import dev.atmd.protocol.message.HistoryAnswer.Waits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VeilTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void hidesWhatWasSaidAndWhere() {
    var entry =
        new Entry(
            NOON, "s", "claude", "/home/dev/shop", "tool_began", null, "rm -rf /", "x", "y", "z");

    assertThat(Veil.over(new Entries(List.of(entry), 7L)))
        .isEqualTo(
            new Entries(
                List.of(
                    new Entry(
                        NOON, "s", "claude", "shop", "tool_began", null, null, null, null, "z")),
                7L));
  }

  @Test
  void leavesWordsAndNumbers() {
    var sums = List.of(new Sum("/home/dev/shop", 1, 2, 3, 4), new Sum("2026-11-21", 1, 2, 3, 4));
    var wait = new Wait("s", "claude", "/home/dev/shop", 5, 1, NOON, "Shall I?");

    assertThat(Veil.over(new Cost(sums)))
        .isEqualTo(
            new Cost(List.of(new Sum("shop", 1, 2, 3, 4), new Sum("2026-11-21", 1, 2, 3, 4))));
    assertThat(Veil.over(new Waits(List.of(wait))))
        .isEqualTo(new Waits(List.of(new Wait("s", "claude", "shop", 5, 1, NOON, null))));
  }

  @Test
  void namesWhatIsOverByItsProject() {
    var over =
        new Over(NOON, "s", "pi", "/home/dev/shop", "main", "Opus", "session_ended", NOON, 1.5);

    assertThat(Veil.over(new Ended(List.of(over))))
        .isEqualTo(
            new Ended(
                List.of(
                    new Over(NOON, "s", "pi", "shop", null, "Opus", "session_ended", NOON, 1.5))));
  }
}
