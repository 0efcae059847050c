package dev.atmd.client.top;

import static dev.atmd.client.top.Recording.ASKING;
import static dev.atmd.client.top.Recording.DONE;
import static dev.atmd.client.top.Recording.IDLE;
import static dev.atmd.client.top.Recording.NOW;
import static dev.atmd.client.top.Recording.PARENT;
import static dev.atmd.client.top.Recording.removed;
import static dev.atmd.client.top.SnapshotTest.press;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.Views;
import dev.atmd.client.top.Effect.Clear;
import dev.atmd.client.top.Effect.Inspect;
import dev.atmd.client.top.Effect.Recall;
import dev.atmd.client.top.Key.Named;
import dev.atmd.client.top.Told.Recalled;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.SessionView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of sessions that are over. */
class FinishedTest {
  private final Desk desk = Recording.desk(Theme.DARK);

  @ParameterizedTest
  @CsvSource({
    "session_ended, ended",
    "process_died, died",
    "replaced, replaced",
    "expired, expired",
    "evicted, evicted",
    "something_new, gone",
    "'', gone"
  })
  void standsLastAndSaysHowItEnded(String reason, String word) {
    desk.news(removed(DONE, reason), NOW.minusSeconds(60));

    assertThat(rows(NOW)).containsExactly("■ CX billing/main " + word + " 1m ago ran 2m – %5");
    assertThat(screen(NOW)).contains("◉ 0 done", "○ 1 idle").doesNotContain("▾ done");
  }

  @Test
  void keepsTheNewestOnTopWhateverTheOrderAndTheGrouping() {
    desk.news(removed(IDLE, "session_ended"), NOW.minusSeconds(90));
    desk.news(removed(DONE, "session_ended"), NOW.minusSeconds(30));

    for (var keys : List.of("", "s", "s", "p")) {
      press(desk, keys);
      assertThat(rows(NOW)).as(keys).hasSize(2).first().asString().contains("billing/main");
      assertThat(screen(NOW).lastIndexOf('▾')).isEqualTo(screen(NOW).indexOf("▾ finished 2"));
    }
  }

  @Test
  void isNoNewsUntilAMinuteHasPassed() {
    desk.news(removed(DONE, "session_ended"), NOW);
    desk.lost("hidden", Duration.ZERO, NOW);
    var before = rows(NOW);

    assertThat(rows(NOW.plusSeconds(59))).isEqualTo(before);
    assertThat(rows(NOW.plusSeconds(60))).isNotEqualTo(before);
    assertThat(rows(NOW.plusSeconds(119))).isEqualTo(rows(NOW.plusSeconds(60)));
  }

  @Test
  void isForgottenAfterAnHour() {
    desk.news(removed(DONE, "session_ended"), NOW);

    assertThat(rows(NOW.plusSeconds(3_600))).hasSize(1);
    assertThat(rows(NOW.plusSeconds(3_601))).isEmpty();
    assertThat(screen(NOW)).doesNotContain("finished");
  }

  @Test
  void keepsTwentyAtMost() {
    var fresh = DeskTest.desk(Theme.DARK);
    var views =
        IntStream.range(0, 30)
            .mapToObj(i -> Views.view("s" + i, Status.IDLE, null, "/p/p" + i, "x"))
            .toArray(SessionView[]::new);
    fresh.news(Views.list(1, views), NOW);
    for (var i = 0; i < 30; i++) {
      fresh.news(removed("s" + i, "session_ended"), NOW.plusSeconds(i));
    }

    assertThat(fresh.frame(NOW, new Size(80, 60)).plain())
        .contains("▾ finished 20", "p29/x", "p10/x")
        .doesNotContain("p9/x");
  }

  @Test
  void leavesWithTheSessionThatComesBack() {
    var view = Recording.view(DONE);
    desk.news(removed(DONE, "session_ended"), NOW);

    desk.news(new SessionUpdated(view, 901, "run-1"), NOW);

    assertThat(rows(NOW)).isEmpty();
    assertThat(screen(NOW)).contains("CX billing/main");
  }

  @Test
  void isNeverASubagentNorWhatGoesOnUnderAnotherName() {
    desk.news(removed(PARENT + "/agent-a0", "session_ended"), NOW);
    desk.news(new SessionRemoved(DONE, 901, "run-1", "renamed", "new-id"), NOW);
    desk.news(removed(IDLE, "filtered"), NOW);

    assertThat(rows(NOW)).isEmpty();
  }

  @Test
  void countsAsNothing() {
    desk.news(removed(ASKING, "process_died"), NOW);
    press(desk, "ww");

    assertThat(screen(NOW)).contains("◐ 1 need you", "▌◐ CC api/port");
  }

  @Test
  void isWhatAListNoLongerHas() {
    var left = List.of(Recording.view(PARENT), Recording.view(IDLE));
    desk.news(new SessionList(left, 1, "run-2"), NOW);

    assertThat(rows(NOW)).hasSize(5).allMatch(row -> row.contains("gone just now"));
    assertThat(rows(NOW)).noneMatch(row -> row.contains("docs/main"));
  }

  @Test
  void isNoPlaceholderWhoseProcessHasSaidItsNameMeanwhile() {
    var named = Recording.view(ASKING);
    var pid = 4100; // As the recording has it.
    var fresh = DeskTest.desk(Theme.DARK);
    fresh.news(
        Views.list(
            1,
            Views.view("pending-" + pid, Status.IDLE, null, "/p/same", "x"),
            Views.view("pending-77", Status.IDLE, null, "/p/other", "x")),
        NOW);

    fresh.news(new SessionList(List.of(named), 1, "run-2"), NOW);

    assertThat(fresh.frame(NOW, new Size(80, 24)).plain())
        .contains("finished 1", "other/x")
        .doesNotContain("same/x");
  }

  @Test
  void asksTheHistoryAfterEachListOnce() {
    var recall = new Recall(NOW.minusSeconds(3_600));
    assertThat(desk.wants(NOW)).contains(recall);
    assertThat(desk.wants(NOW)).doesNotContain(recall);
    desk.told(new Recalled(List.of()));
    assertThat(desk.wants(NOW)).doesNotContain(recall);

    desk.lost("away", Duration.ZERO, NOW);
    desk.news(new SessionList(List.of(), 1, "run-2"), NOW);
    assertThat(desk.wants(NOW)).doesNotContain(recall);
    desk.back();

    assertThat(desk.wants(NOW)).containsExactly(recall);
  }

  @Test
  void takesFromTheHistoryWhatItDidNotSee() {
    var left = List.of(Recording.view(IDLE));
    desk.news(new SessionList(left, 1, "run-2"), NOW);
    press(desk, "/billing");
    desk.press(Named.ENTER);

    desk.told(
        new Recalled(
            List.of(
                over(DONE, NOW.minusSeconds(600), "process_died"),
                over(IDLE, NOW.minusSeconds(700), "session_ended"),
                over("other", NOW.minusSeconds(800), "session_ended"))));

    assertThat(rows(NOW))
        .containsExactly(
            "■ CX billing/main died 10m ago ran 0s $1.50 %5",
            "■ PI billing/x ended 13m ago ran 46m $1.50");
  }

  @Test
  void isClearedAwayForGood() {
    desk.news(removed(DONE, "session_ended"), NOW.minusSeconds(60));
    desk.news(removed(IDLE, "session_ended"), NOW.minusSeconds(30));

    assertThat(desk.press(Key.typed('x'))).containsExactly(new Clear());

    assertThat(rows(NOW)).isEmpty();
    assertThat(last()).contains("cleared 2 finished sessions");
    desk.told(new Recalled(List.of(over(DONE, NOW.minusSeconds(61), "session_ended"))));
    assertThat(rows(NOW)).isEmpty();
    desk.told(new Recalled(List.of(over("later", NOW.minusSeconds(10), "session_ended"))));
    assertThat(rows(NOW)).hasSize(1);
    press(desk, "xx");
    assertThat(last()).contains("no session is finished");
  }

  @Test
  void canBeFoldedAndFiltered() {
    desk.news(removed(DONE, "session_ended"), NOW);
    desk.news(removed(IDLE, "session_ended"), NOW);

    press(desk, "Gz");
    assertThat(screen(NOW)).contains("▌▸ finished 2").doesNotContain("■");
    press(desk, "z");
    assertThat(screen(NOW)).contains("▌■ CX billing/main");
    press(desk, "/docs");
    assertThat(screen(NOW)).contains("1 of 7", "■ GM docs/main").doesNotContain("■ CX");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "n", "1", "r", "i", "K"})
  void letsNothingBeDoneToIt(String key) {
    desk.news(removed(DONE, "process_died"), NOW);
    press(desk, "G");

    assertThat(desk.press(Key.typed(key.charAt(0)))).isEmpty();
    assertThat(last()).contains("billing/main is over (died): nothing can be done to it");
  }

  @Test
  void saysThatThereIsNoAgentToGoTo() {
    desk.news(removed(DONE, "session_ended"), NOW);
    press(desk, "G");

    assertThat(desk.press(Named.ENTER)).isEmpty();
    assertThat(last()).contains("billing/main is over (ended): no agent to go to");
    desk.press(Named.RIGHT);
    desk.press(Named.LEFT);
    assertThat(screen(NOW)).contains("▌■ CX billing/main");
  }

  @Test
  void isShownInDetailWithoutAQuestion() {
    desk.news(removed(DONE, "process_died"), NOW);
    press(desk, "G");

    assertThat(desk.wants(NOW)).noneMatch(Inspect.class::isInstance);
    assertThat(screen(NOW))
        .contains("finished   died at 19:46:30: its process is gone and said nothing");
  }

  @Test
  void showsLessAndMayBeClearedOnAScreenOnAWall() {
    var shown = new Desk(Theme.DARK, Path.of("/run/atm.sock"), ZoneOffset.UTC, true);
    Recording.messages().forEach(message -> shown.news(message, NOW));
    shown.news(removed(DONE, "session_ended"), NOW);
    shown.told(new Recalled(List.of(over("other", NOW, "session_ended"))));
    assertThat(shown.frame(NOW, new Size(80, 40)).plain())
        .contains("■ PI billing ")
        .doesNotContain("billing/x");

    press(shown, "x");

    assertThat(shown.frame(NOW, new Size(80, 24)).plain()).contains("cleared 2 finished");
  }

  private static Over over(String id, Instant at, String reason) {
    return new Over(at, id, "pi", "/p/billing", "x", null, reason, NOW.minusSeconds(3_600), 1.5);
  }

  /** The rows of those that are over, with one blank between columns. */
  private List<String> rows(Instant now) {
    return desk.frame(now, new Size(80, 40))
        .plain()
        .lines()
        .filter(line -> line.contains("■ "))
        .map(line -> line.substring(1).replaceAll("\\s+", " ").strip())
        .toList();
  }

  private String screen(Instant now) {
    return desk.frame(now, new Size(80, 40)).plain();
  }

  private String last() {
    return screen(NOW).lines().reduce((_, b) -> b).orElseThrow();
  }
}
