package dev.atmd.client.top;

import static dev.atmd.client.top.Recording.ASKING;
import static dev.atmd.client.top.Recording.NOW;
import static dev.atmd.client.top.Recording.PARENT;
import static dev.atmd.client.top.SnapshotTest.press;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.Views;
import dev.atmd.client.top.Deed.Answer;
import dev.atmd.client.top.Effect.Inspect;
import dev.atmd.client.top.Effect.Jump;
import dev.atmd.client.top.Effect.Peek;
import dev.atmd.client.top.Effect.Perform;
import dev.atmd.client.top.Effect.Quit;
import dev.atmd.client.top.Effect.Redraw;
import dev.atmd.client.top.Key.Named;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeskTest {
  private static final Size USUAL = new Size(80, 24);
  private static final Target SHOP = new Target(ASKING, "shop/main", new PaneId("%3"), 4100L);
  private static final Asked PUBLISH = Asked.of(Recording.view(ASKING)).orElseThrow();

  private final Desk desk = Recording.desk(Theme.DARK);

  static Desk desk(Theme theme) {
    return new Desk(theme, Path.of("/run/atm.sock"), ZoneOffset.UTC, false);
  }

  @Test
  void goesToTheNextThatWaitsAndRoundAgain() {
    assertThat(pointed()).contains("api/port");
    press(desk, "w");
    assertThat(pointed()).contains("shop/main");
    press(desk, "w");
    assertThat(pointed()).contains("api/port");
    press(desk, "Gw");
    assertThat(pointed()).contains("api/port");
  }

  @Test
  void saysWhenNobodyWaits() {
    var quiet = desk(Theme.DARK);
    quiet.news(Views.list(1, Views.view("a", Status.WORKING)), NOW);

    press(quiet, "w");

    assertThat(last(quiet)).contains("nobody waits for you");
  }

  @Test
  void findsWhoWaitsInAFoldedGroup() {
    press(desk, "zG");
    assertThat(pointed()).doesNotContain("needs input");

    press(desk, "w");

    assertThat(pointed()).contains("api/port");
  }

  @Test
  void movesUpAndDownAndToTheEnds() {
    press(desk, "j");
    assertThat(pointed()).contains("shop/main");
    desk.press(Named.DOWN);
    assertThat(pointed()).contains("billing/main");
    press(desk, "k");
    desk.press(Named.UP);
    desk.press(Named.UP);
    assertThat(pointed()).contains("api/port");
    press(desk, "G");
    assertThat(pointed()).contains("docs/main");
    press(desk, "j");
    assertThat(pointed()).contains("docs/main");
    desk.press(Named.HOME);
    assertThat(pointed()).contains("api/port");
    desk.press(Named.PAGE_DOWN);
    desk.press(Named.PAGE_UP);
    assertThat(pointed()).contains("api/port");
    desk.press(Named.END);
    assertThat(pointed()).contains("docs/main");
  }

  @Test
  void keepsTheSelectionWhereverItsSessionGoes() {
    press(desk, "w");
    desk.news(new SessionUpdated(Views.view("zz", Status.ATTENTION_NEEDED), 900, "run-1"), NOW);

    assertThat(pointed()).contains("shop/main");
  }

  @Test
  void selectsTheNeighbourOfWhatIsGone() {
    press(desk, "w");
    desk.news(new SessionRemoved(ASKING, 900, "run-1", "session_ended", null), NOW);

    assertThat(pointed()).contains("billing/main");
  }

  @Test
  void followsARename() {
    press(desk, "w");
    desk.news(new SessionRemoved(ASKING, 900, "run-1", "renamed", "new-id"), NOW);
    desk.news(new SessionUpdated(Views.view("new-id", Status.IDLE), 901, "run-1"), NOW);

    assertThat(pointed()).contains("shop/main");
  }

  @Test
  void showsWhatIsDoneUntilSomebodyHasLookedAtIt() {
    assertThat(screen()).contains("◉ CX billing/main", "◉ 1 done");
    press(desk, "jj");
    assertThat(screen()).contains("◉ CX billing/main");

    press(desk, "j");

    assertThat(screen()).contains("○ CX billing/main", "◉ 0 done");
  }

  @Test
  void filtersWhileItIsTyped() {
    press(desk, "/SHOP per");
    assertThat(screen()).contains("shop/main", "1 of 7").doesNotContain("billing");
    desk.press(Named.BACKSPACE);
    desk.press(Named.CLEAR);
    press(desk, "codex");
    desk.press(Named.ENTER);
    assertThat(screen()).contains("billing/main").doesNotContain("api/port");
    desk.press(Named.ESCAPE);
    assertThat(screen()).contains("billing/main", "api/port");
    press(desk, "/nowhere");
    assertThat(screen()).contains("None of the 7 sessions has “nowhere”.");
    desk.press(Named.ESCAPE);
    assertThat(screen()).contains("api/port");
  }

  @Test
  void findsAParentByItsSubagent() {
    press(desk, "/reviewer");

    assertThat(screen()).contains("shop/fix/retries").doesNotContain("shop/main");
  }

  @Test
  void foldsAndUnfoldsAGroup() {
    press(desk, "z");
    assertThat(pointed()).contains("▸ needs input 2");
    assertThat(list()).doesNotContain("api/port");

    press(desk, "z");
    assertThat(pointed()).contains("api/port");
  }

  @Test
  void showsAndHidesSubagents() {
    press(desk, "/retries");
    desk.press(Named.ENTER);
    assertThat(list()).contains("shop/fix/retries", "▸2").doesNotContain("explore");

    desk.press(Named.RIGHT);
    assertThat(list()).contains("▾2", "explore", "reviewer");

    press(desk, "j");
    desk.press(Named.LEFT);
    assertThat(pointed()).contains("shop/fix/retries");
    desk.press(Named.LEFT);
    assertThat(list()).doesNotContain("explore");
  }

  @Test
  void groupsByProjectAndBack() {
    press(desk, "p");
    assertThat(list()).contains("▾ shop 2", "▾ billing 1").doesNotContain("▾ needs input");
    press(desk, "p");
    assertThat(list()).contains("▾ needs input 2");
  }

  @Test
  void sortsByWhatIsAskedFor() {
    press(desk, "pss");

    assertThat(last(desk)).contains("sorted by context");
    assertThat(list().indexOf("shop/fix/retries")).isLessThan(list().indexOf("shop/main"));
  }

  @Test
  void changesThemeDetailAndHelp() {
    press(desk, "t");
    assertThat(desk.frame(NOW, USUAL).theme()).isEqualTo(Theme.LIGHT);
    assertThat(screen()).contains("── api/port");
    press(desk, " ");
    assertThat(screen()).doesNotContain("── api/port");
    press(desk, "?");
    assertThat(screen()).contains("── help");
    press(desk, "?");
    assertThat(screen()).doesNotContain("── help");
  }

  @Test
  void quitsAndRedraws() {
    assertThat(desk.press(Key.typed('q'))).containsExactly(new Quit());
    assertThat(desk.press(Named.CANCEL)).containsExactly(new Quit());
    assertThat(desk.press(Named.REDRAW)).containsExactly(new Redraw());
    assertThat(desk.press(Named.ESCAPE)).isEmpty();
  }

  @Test
  void jumpsToThePane() {
    press(desk, "w");

    assertThat(desk.press(Named.ENTER)).containsExactly(new Jump(SHOP));
  }

  @Test
  void saysThatThereIsNoPane() {
    press(desk, "/search");
    desk.press(Named.ENTER);

    assertThat(desk.press(Named.ENTER)).isEmpty();
    assertThat(last(desk)).contains("search/main runs in no pane of tmux");
  }

  @Test
  void answersOnlyAfterAConfirmation() {
    press(desk, "w");
    assertThat(desk.press(Key.typed('y'))).containsExactly(new Peek(new PaneId("%3")));
    assertThat(screen())
        .contains("── answer shop/main", "npm publish", "types the key Enter in pane %3");

    assertThat(desk.press(Named.ENTER))
        .containsExactly(
            new Perform(new Answer(SHOP, PUBLISH, new Typing.Press("Enter"))), new Inspect(ASKING));
    assertThat(screen()).doesNotContain("── answer");
  }

  @Test
  void refusesWithEscapeAndChoosesWithADigit() {
    press(desk, "wn");
    assertThat(screen()).contains("types the key Escape in pane %3");
    desk.press(Named.ESCAPE);
    press(desk, "2");
    assertThat(screen()).contains("types the character 2, without Enter in pane %3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"q", "n", "x", " "})
  void leavesItOnAnyOtherKey(String key) {
    press(desk, "wy");

    press(desk, key);

    assertThat(last(desk)).contains("left it: answer shop/main");
    assertThat(screen()).doesNotContain("── answer");
  }

  @Test
  void repliesWithTextOnlyAfterAConfirmation() {
    press(desk, "r80a");
    desk.press(Named.BACKSPACE);
    press(desk, "80");
    assertThat(desk.press(Named.ENTER)).containsExactly(new Peek(new PaneId("%7")));
    assertThat(screen()).contains("types “8080” and the key Enter");

    var effects = desk.press(Named.ENTER);

    assertThat(effects.getFirst())
        .isInstanceOfSatisfying(
            Perform.class,
            perform ->
                assertThat(perform.deed())
                    .isInstanceOfSatisfying(
                        Answer.class,
                        answer -> assertThat(answer.typing()).isEqualTo(new Typing.Text("8080"))));
  }

  @Test
  void sendsNoEmptyReply() {
    press(desk, "r");

    assertThat(desk.press(Named.ENTER)).isEmpty();
    assertThat(screen()).contains("── reply to api/port");
    desk.press(Named.CLEAR);
    desk.press(Named.ESCAPE);
    assertThat(screen()).doesNotContain("── reply");
  }

  @Test
  void offersOnlyAnswersThatFitTheQuestion() {
    press(desk, "y");
    assertThat(last(desk)).contains("this takes no yes or no");
    press(desk, "wr");
    assertThat(last(desk)).contains("this takes no text");
    press(desk, "Gy");
    assertThat(last(desk)).contains("docs/main does not wait for you");
  }

  @Test
  void dropsAnAnswerToWhatIsNoLongerAsked() {
    press(desk, "wy");

    desk.news(new SessionUpdated(Views.view(ASKING, Status.WORKING), 900, "run-1"), NOW);

    assertThat(last(desk)).contains("no longer asks this: nothing was typed");
    assertThat(desk.press(Named.ENTER)).noneMatch(Perform.class::isInstance);
  }

  @Test
  void confirmsToInterruptAndToKill() {
    press(desk, "Gi");
    assertThat(last(desk)).contains("docs/main does not work");
    press(desk, "gwi");
    assertThat(screen()).contains("── interrupt shop/main", "presses Escape in pane %3");
    assertThat(desk.press(Named.ENTER).getFirst())
        .isEqualTo(new Perform(new Deed.Interrupt(SHOP, "Escape")));
    press(desk, "K");
    assertThat(screen()).contains("── kill shop/main", "sends SIGTERM to process 4100");
    assertThat(desk.press(Named.ENTER).getFirst())
        .isEqualTo(new Perform(new Deed.Kill(SHOP, 4100)));
  }

  @Test
  void actsOnTheSessionOfASubagent() {
    press(desk, "/retries");
    desk.press(Named.ENTER);
    press(desk, "oj");

    assertThat(desk.press(Named.ENTER))
        .containsExactly(new Jump(new Target(PARENT, "shop/fix/retries", new PaneId("%4"), 4101L)));
  }

  @Test
  void touchesNothingWhenItOnlyShows() {
    var shown = new Desk(Theme.DARK, Path.of("/run/atm.sock"), ZoneOffset.UTC, true);
    Recording.messages().forEach(message -> shown.news(message, NOW));

    for (var key : List.of("y", "2", "K", "i")) {
      press(shown, "gw");
      press(shown, key);
      assertThat(last(shown)).contains("only shows");
      assertThat(shown.press(Named.ENTER)).noneMatch(Perform.class::isInstance);
    }
    assertThat(shown.wants(NOW)).noneMatch(Inspect.class::isInstance);
  }

  @Test
  void asksWhyOnceForEachState() {
    press(desk, "w");
    assertThat(desk.wants(NOW)).contains(new Inspect(ASKING));
    assertThat(desk.wants(NOW)).isEmpty();
    desk.told(new Told.Explained(ASKING, Recording.explanation()));
    assertThat(desk.wants(NOW)).isEmpty();
    assertThat(screen()).contains("it asked its user (PermissionRequest Bash, event)");

    desk.news(new SessionUpdated(Views.view(ASKING, Status.WORKING), 900, "run-1"), NOW);
    assertThat(desk.wants(NOW)).containsExactly(new Inspect(ASKING));
  }

  @Test
  void saysWhatCameOfIt() {
    desk.told(new Told.Done("went to %3", false));
    assertThat(last(desk)).contains("went to %3");
    press(desk, "j");
    assertThat(last(desk)).contains("help");
  }

  @Test
  void isQuietAboutNewsThatChangeNothing() {
    assertThat(desk.news(Recording.messages().getLast(), NOW)).isFalse();
  }

  private String screen() {
    return desk.frame(NOW, USUAL).plain();
  }

  /** The screen without what is below the list. */
  private String list() {
    press(desk, " ");
    var text = desk.frame(NOW, new Size(80, 60)).plain();
    press(desk, " ");
    return text;
  }

  private String pointed() {
    return screen().lines().filter(line -> line.startsWith("▌")).findFirst().orElse("nothing");
  }

  private static String last(Desk desk) {
    return desk.frame(NOW, USUAL).plain().lines().reduce((_, b) -> b).orElseThrow();
  }
}
