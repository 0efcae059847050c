package dev.atmd.client.top;

import static dev.atmd.client.top.Recording.ASKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.Views;
import dev.atmd.client.top.Deed.Answer;
import dev.atmd.client.top.Deed.Interrupt;
import dev.atmd.client.top.Deed.Kill;
import dev.atmd.client.top.Effect.Jump;
import dev.atmd.client.top.Effect.Perform;
import dev.atmd.client.top.Told.Done;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.HistoryQuestion;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeedsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final PaneId PANE = new PaneId("%3");
  private static final long AGENT = 4100;
  private static final long SHELL = 77;
  private static final Target SHOP = new Target(ASKING, "shop/main", PANE, AGENT);
  private static final Asked PUBLISH = Asked.of(Recording.view(ASKING)).orElseThrow();
  private static final Deed YES = new Answer(SHOP, PUBLISH, new Typing.Press("Enter"));

  private final FakePanes panes = new FakePanes();
  private final List<Long> terminated = new ArrayList<>();
  private ExplanationView now = Recording.explanation();
  private final List<HistoryQuestion> questions = new ArrayList<>();
  private HistoryAnswer past = new HistoryAnswer.Ended(List.of());
  private @org.jspecify.annotations.Nullable IOException refusal;
  private boolean runsInItsPane = true;

  @Test
  void typesWhatWasConfirmed() {
    assertThat(perform(YES)).isEqualTo(new Done("typed the key Enter in %3", false));
    assertThat(panes.done).containsExactly("type %3 Press[key=Enter]");
  }

  @Test
  void typesNothingOnceTheQuestionIsAnother() {
    now = explained(Status.WORKING);
    var changed = new Asked("later", "permission", "Bash", "Publish the package", "npm publish");

    assertThat(perform(YES)).matches(DeedsTest::isTrouble);
    now = Recording.explanation();
    assertThat(perform(new Answer(SHOP, changed, new Typing.Text("yes"))))
        .isEqualTo(new Done("nothing was done: shop/main no longer asks this", true));
    assertThat(panes.done).isEmpty();
  }

  @Test
  void typesNothingIntoAPaneWhoseAgentIsGone() {
    runsInItsPane = false;

    assertThat(perform(YES))
        .isEqualTo(
            new Done(
                "nothing was typed: shop/main does not run in the pane %3 of this tmux", true));
    assertThat(panes.done).isEmpty();
  }

  @Test
  void typesNothingIntoAPaneThatIsDeadOrScrolled() {
    panes.pane = new Panes.Pane(SHELL, true, false);
    assertThat(perform(YES)).matches(DeedsTest::isTrouble);
    panes.pane = new Panes.Pane(SHELL, false, true);
    assertThat(perform(YES)).matches(DeedsTest::isTrouble);

    assertThat(panes.done).isEmpty();
  }

  @Test
  void leavesAloneWhatHasAnotherProcessOrPaneNow() {
    var moved = new Target(ASKING, "shop/main", new PaneId("%9"), AGENT);
    var reborn = new Target(ASKING, "shop/main", PANE, 5000L);

    assertThat(perform(new Interrupt(moved, "Escape")))
        .isEqualTo(new Done("nothing was done: shop/main runs in another pane now", true));
    assertThat(perform(new Kill(reborn, 5000)))
        .isEqualTo(new Done("nothing was done: shop/main has another process now", true));
    assertThat(panes.done).isEmpty();
    assertThat(terminated).isEmpty();
  }

  @Test
  void interruptsAndKills() {
    assertThat(perform(new Interrupt(SHOP, "Escape")))
        .isEqualTo(new Done("typed the key Escape in %3", false));
    assertThat(perform(new Kill(SHOP, AGENT)))
        .isEqualTo(new Done("sent SIGTERM to shop/main, process 4100", false));
    assertThat(terminated).containsExactly(AGENT);
  }

  @Test
  void jumpsOnlyToThePaneThatTheAgentRunsIn() {
    assertThat(deeds().perform(new Jump(SHOP))).contains(new Done("went to %3", false));
    runsInItsPane = false;
    assertThat(deeds().perform(new Jump(SHOP)))
        .contains(new Done("shop/main does not run in the pane %3 of this tmux", true));
    assertThat(panes.done).containsExactly("go %3");
  }

  @Test
  void saysWhyTmuxCannot() {
    panes.failure = new IOException("this dashboard runs outside of tmux");

    assertThat(deeds().perform(new Jump(SHOP)))
        .contains(new Done("this dashboard runs outside of tmux", true));
  }

  @Test
  void showsWhatThePaneShowsOrWhyNot() {
    assertThat(deeds().perform(new Effect.Peek(PANE)))
        .contains(new Told.Peeked(PANE, List.of("❯ 1. Yes")));
    panes.failure = new IOException("no pane");
    assertThat(deeds().perform(new Effect.Peek(PANE)))
        .contains(new Told.Peeked(PANE, List.of("(not seen: no pane)")));
  }

  @Test
  void saysThatTheDaemonCannotTell() {
    refusal = new IOException("no daemon");
    var deaf = deeds();

    assertThat(deaf.perform(new Effect.Inspect(ASKING)))
        .contains(new Told.Unexplained(ASKING, "no daemon"));
    assertThat(deaf.perform(new Perform(YES))).contains(new Done("no daemon", true));
    assertThat(panes.done).isEmpty();
  }

  @Test
  void asksTheHistoryWhoIsOver() {
    var over = new Over(NOON, "s", "pi", "/p", null, null, "session_ended", NOON, null);
    past = new HistoryAnswer.Ended(List.of(over));

    assertThat(deeds().perform(new Effect.Recall(NOON))).contains(new Told.Recalled(List.of(over)));
    assertThat(questions).containsExactly(new HistoryQuestion.Ended(NOON, 20));
  }

  @Test
  void takesItForNoTroubleThatThereIsNoHistory() {
    refusal = new IOException("no history");

    assertThat(deeds().perform(new Effect.Recall(NOON))).contains(new Told.Recalled(List.of()));
  }

  private static boolean isTrouble(Told told) {
    return told instanceof Done(_, var isTrouble) && isTrouble;
  }

  private Told perform(Deed deed) {
    return deeds().perform(new Perform(deed)).orElseThrow();
  }

  private Deeds deeds() {
    return new Deeds(daemon(), panes, processes());
  }

  private Deeds.Daemon daemon() {
    return new Deeds.Daemon() {
      @Override
      public ExplanationView explain(String id) throws IOException {
        return answered(now);
      }

      @Override
      public HistoryAnswer past(HistoryQuestion question) throws IOException {
        questions.add(question);
        return answered(past);
      }
    };
  }

  private <A> A answered(A answer) throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    return answer;
  }

  private Processes processes() {
    return new Processes() {
      @Override
      public boolean isWithin(long pid, long ancestor) {
        return runsInItsPane && pid == AGENT && ancestor == SHELL;
      }

      @Override
      public boolean terminate(long pid) {
        return terminated.add(pid);
      }
    };
  }

  /** The same session in another state. */
  private static ExplanationView explained(Status status) {
    var old = Recording.explanation();
    return new ExplanationView(
        Views.view(ASKING, status), "", "", old.transitions(), List.of(), List.of());
  }

  private static final class FakePanes implements Panes {
    private final List<String> done = new ArrayList<>();
    private Pane pane = new Pane(SHELL, false, false);
    private @org.jspecify.annotations.Nullable IOException failure;

    @Override
    public Pane find(PaneId id) throws IOException {
      if (failure != null) {
        throw failure;
      }
      return pane;
    }

    @Override
    public void go(PaneId id) {
      done.add("go " + id.value());
    }

    @Override
    public void type(PaneId id, Typing typing) {
      done.add("type " + id.value() + " " + typing);
    }

    @Override
    public List<String> tail(PaneId id, int lines) throws IOException {
      if (failure != null) {
        throw failure;
      }
      return List.of("❯ 1. Yes");
    }
  }
}
