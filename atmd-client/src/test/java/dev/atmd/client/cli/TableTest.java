package dev.atmd.client.cli;

import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.Views;
import dev.atmd.client.text.TextWidth;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.SessionView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:03:10Z");

  private static final List<SessionView> SESSIONS =
      List.of(
          view("5b1c7a52-90d4", Status.IDLE),
          view("0d5e1f30-1111", Status.WORKING, "Bash", "/home/dev/漢字プロジェクト", "feature/long-name"),
          view("77aa0c11-2222", Status.ATTENTION_NEEDED, "Permission", "/srv/billing", "main"));

  @Test
  void showsEverythingWhereThereIsRoom() {
    assertThat(table(120))
        .isEqualTo(
            """
               ID        AGENT   STATUS                    CTX  COST   MODEL     PROJECT                             AGE  PANE
            !  77aa0c11  claude  needs input (Permission)  22%  $0.35  Opus 4.5  billing/main                        3m   %3
            >  0d5e1f30  claude  working (Bash)            22%  $0.35  Opus 4.5  漢字プロジェクト/feature/long-name  3m   %3
            -  5b1c7a52  claude  idle                      22%  $0.35  Opus 4.5  shop/main                           3m   %3
            """);
  }

  @Test
  void saysOfWhoWorksThatNothingHasBeenHeardForMinutes() {
    var works = view("0d5e1f30-1111", Status.WORKING, "Bash", "/home/dev/shop", "main");
    var rests = view("5b1c7a52-90d4", Status.IDLE);
    var later = Instant.parse("2026-11-21T12:05:01Z");

    assertThat(SessionRow.of(works, later).state()).isEqualTo("working (Bash, quiet)");
    assertThat(SessionRow.of(works, later.minusSeconds(1)).state()).isEqualTo("working (Bash)");
    assertThat(SessionRow.of(rests, later).state()).isEqualTo("idle");
  }

  @Test
  void tellsASubagentFromItsParent() {
    var child = SessionRow.of(Views.child("5b1c7a52-90d4", "agent-a1b2c3", "explore"), NOW);

    assertThat(child.id()).isEqualTo("/agent-a");
    assertThat(child.harness()).isEqualTo("claude/explore");
  }

  @Test
  void shrinksToEightyColumns() {
    assertThat(table(80))
        .isEqualTo(
            """
               ID        AGENT   STATUS         CTX  COST   MODEL     PROJECT      AGE  PANE
            !  77aa0c11  claude  needs input …  22%  $0.35  Opus 4.5  billing/ma…  3m   %3
            >  0d5e1f30  claude  working (Bas…  22%  $0.35  Opus 4.5  漢字プロジ…  3m   %3
            -  5b1c7a52  claude  idle           22%  $0.35  Opus 4.5  shop/main    3m   %3
            """);
  }

  @Test
  void keepsWhatMattersInTwentyEightColumns() {
    assertThat(table(28))
        .isEqualTo(
            """
               STATUS        PROJECT
            !  needs input…  billing/ma…
            >  working (Ba…  漢字プロジ…
            -  idle          shop/main
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 20, 28, 40, 60, 79, 80, 81, 100, 120, 300})
  void isNeverWiderThanTheTerminal(int width) {
    assertThat(Table.lines(SessionRow.of(SESSIONS, NOW), width, new Paint(false)))
        .hasSize(4)
        .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(width));
  }

  @Test
  void coloursOnlyWhereColoursAreWanted() {
    assertThat(Table.lines(SessionRow.of(SESSIONS, NOW), 28, new Paint(true)).get(1))
        .startsWith("\033[1;33m!\033[0m  ");
    assertThat(table(28)).doesNotContain("\033");
  }

  @Test
  void neverPrintsWhatASessionWantsTheTerminalToDo() {
    var hostile =
        view(
            "\u001b]0;pwned",
            Status.WORKING,
            "\u001b[2J\r\n\u202e",
            "/x\u009b/y\u2028",
            "m\u200bn");

    assertThat(
            String.join(
                "", Table.lines(SessionRow.of(List.of(hostile), NOW), 200, new Paint(false))))
        .doesNotContain("\u001b", "\r", "\n", "\u202e", "\u009b", "\u2028", "\u200b");
  }

  private static String table(int width) {
    var lines = Table.lines(SessionRow.of(SESSIONS, NOW), width, new Paint(false));
    return String.join("\n", lines) + "\n";
  }
}
