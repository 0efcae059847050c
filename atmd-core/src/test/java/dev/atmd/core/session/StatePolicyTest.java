package dev.atmd.core.session;

import static dev.atmd.core.session.AttentionReason.AUTH;
import static dev.atmd.core.session.AttentionReason.FORM;
import static dev.atmd.core.session.AttentionReason.PERMISSION;
import static dev.atmd.core.session.AttentionReason.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.CompactionEnded;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SetupStarted;
import dev.atmd.core.session.LifecycleEvent.StateShown;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.ToolsEnded;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StatePolicyTest {
  private static final Instant BEFORE = Instant.parse("2026-11-21T11:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final SessionId CHILD = SessionId.of("a/agent-1");

  static final List<List<LifecycleEvent>> BEGINNINGS =
      List.of(
          List.of(),
          List.of(new PromptSubmitted("fix"), new ToolStarted("Bash")),
          List.of(new AttentionRaised(PERMISSION, "Bash")));

  static final List<LifecycleEvent> ENDS_OF_A_TURN =
      List.of(
          new SessionStarted(),
          new TurnEnded(),
          new TurnInterrupted(),
          new CompactionEnded(true),
          new StateShown(Status.IDLE, null, null));

  static final List<LifecycleEvent> SILENT =
      List.of(
          new Noticed(),
          new UsageMeasured(1L, Money.ZERO),
          new ModelChanged(Model.UNKNOWN),
          new SessionEnded());

  private final Activity activity = new Activity();

  @ParameterizedTest
  @FieldSource("BEGINNINGS")
  void restsWhenATurnIsOverHoweverItEnds(List<LifecycleEvent> beginning) {
    for (var end : ENDS_OF_A_TURN) {
      assertThat(after(beginning, end)).as(end.toString()).isEqualTo(new Idle(BEFORE));
    }
  }

  @ParameterizedTest
  @FieldSource("BEGINNINGS")
  void worksWithTheDetailOfTheEvent(List<LifecycleEvent> beginning) {
    assertThat(after(beginning, new PromptSubmitted("fix"))).isEqualTo(working(null));
    assertThat(after(beginning, new TurnStarted())).isEqualTo(working(null));
    assertThat(after(beginning, new ToolStarted("Read"))).isEqualTo(working("Read"));
    assertThat(after(beginning, new ToolsEnded())).isEqualTo(working("Thinking"));
  }

  @Test
  void compactsAndSetsUp() {
    assertThat(after(List.of(), new CompactionStarted())).isEqualTo(working("Compacting"));
    assertThat(after(List.of(), new CompactionEnded(false))).isEqualTo(new Idle(BEFORE));

    assertThat(
            after(List.of(new TurnStarted(), new CompactionStarted()), new CompactionEnded(false)))
        .isEqualTo(working("Thinking"));
    assertThat(after(List.of(), new SetupStarted())).isEqualTo(working("Setup"));
  }

  @ParameterizedTest
  @FieldSource("BEGINNINGS")
  void isNotChangedByWhatSaysNothing(List<LifecycleEvent> beginning) {
    beginning.forEach(this::apply);
    var before = state();

    for (var event : SILENT) {
      assertThat(StatePolicy.apply(activity, event)).isNull();
      assertThat(StatePolicy.decides(event)).isFalse();
      assertThat(state()).isEqualTo(before);
    }
  }

  @Test
  void saysWhyATurnFailed() {
    assertThat(after(List.of(new TurnStarted()), new TurnFailed("rate_limit", null)))
        .isEqualTo(new Idle(BEFORE, "rate_limit"));
    assertThat(after(List.of(new TurnStarted()), new TurnFailed("login expired", AUTH)))
        .isInstanceOfSatisfying(
            AttentionNeeded.class, open -> assertThat(open.question().reason()).isEqualTo(AUTH));
    assertThat(after(List.of(), new PromptSubmitted("again"))).isEqualTo(working(null));
  }

  @Test
  void theEndOfTheToolThatWasAskedForClosesItsQuestion() {
    apply(new ToolStarted(call("t1", "make")));
    apply(new ToolStarted(call("t2", "npm publish")));
    apply(asks(new ToolCall("Bash", null, "npm publish")));

    apply(new ToolEnded(call("t1", "make"), false));
    assertThat(state()).isInstanceOf(AttentionNeeded.class);

    apply(new ToolEnded(call("t2", "npm publish"), false));
    assertThat(state()).isEqualTo(working("Thinking"));
  }

  @Test
  void theEndOfAnotherToolLeavesAQuestionOpen() {
    apply(asks(new ToolCall("Bash", null, "npm publish")));

    apply(new ToolEnded(new ToolCall("Read", "t9", "a.txt"), false));
    assertThat(state()).isInstanceOf(AttentionNeeded.class);

    apply(new ToolEnded(new ToolCall("Bash", "t1", "npm publish"), false));
    assertThat(state()).isEqualTo(working("Thinking"));
  }

  @Test
  void aToolThatStartsMeansThatTheQuestionWasAnswered() {
    apply(asks(call("t1", "make")));

    assertThat(after(List.of(), new ToolStarted(call("t2", "ls"))))
        .isEqualTo(working("Bash", "ls"));
  }

  @Test
  void twoQuestionsAtRestLeaveItAtRest() {
    apply(new SessionStarted());
    apply(new AttentionRaised(new Question(FORM, "one", null, "form-1", null, null)));
    apply(new AttentionRaised(new Question(FORM, "two", null, "form-2", null, null)));

    apply(new AttentionCleared("form-2", null));
    assertThat(state().status()).isEqualTo(Status.ATTENTION_NEEDED);

    apply(new AttentionCleared("form-1", null));
    assertThat(state().status()).isEqualTo(Status.IDLE);
  }

  @Test
  void showsTheNewestOfSeveralQuestionsAndKeepsTheOthers() {
    apply(asks(call("t1", "make")));
    apply(new AttentionRaised(new Question(FORM, "MCP Input", null, "form-1", null, null)));
    assertThat(reason()).isEqualTo(FORM);

    apply(new AttentionCleared("form-1", null));
    assertThat(reason()).isEqualTo(PERMISSION);

    apply(new AttentionCleared("form-2", null));
    assertThat(reason()).isEqualTo(PERMISSION);

    apply(new AttentionCleared(null, PERMISSION));
    assertThat(state().status()).isEqualTo(Status.WORKING);
  }

  @Test
  void aReminderAddsNothingToAKnownQuestion() {
    apply(asks(call("t1", "make")));
    apply(new AttentionRaised(PERMISSION, "Permission"));

    assertThat(activity.questions()).hasSize(1);
    apply(new ToolEnded(call("t1", "make"), false));

    assertThat(state()).isEqualTo(working("Thinking"));
  }

  @Test
  void aQuestionThatWasOnlyBeenRemindedOfIsClosedByTheOnlyToolThatRuns() {
    apply(new ToolStarted(call("t1", "make")));
    apply(new ToolStarted(call("t2", "ls")));
    apply(new AttentionRaised(PERMISSION, "Permission"));

    apply(new ToolEnded(call("t1", "make"), false));
    assertThat(reason()).isEqualTo(PERMISSION);
    apply(new ToolEnded(call("t2", "ls"), false));

    assertThat(state()).isEqualTo(working("Thinking"));
  }

  @Test
  void whatIsSaidLateOfAToolOfAnEarlierTurnSaysNothing() {
    apply(new ToolStarted(call("t1", "make")));
    apply(new TurnEnded());

    apply(new ToolEnded(call("t1", "make"), false));
    apply(asks(call("t1", "make")));
    assertThat(state()).isEqualTo(new Idle(BEFORE));

    var other = new ToolEnded(call("t2", "ls"), false);
    assertThat(StatePolicy.isOfThePast(activity, other)).isTrue();
    apply(new ToolStarted(call("t3", "ls")));
    assertThat(StatePolicy.isOfThePast(activity, other)).isFalse();
  }

  @Test
  void aPromptThatWasQueuedLeavesTheToolsRunning() {
    apply(new ToolStarted(call("t1", "make")));
    apply(new PromptSubmitted("and then"));
    apply(asks(new ToolCall("Bash", null, "make")));
    apply(new ToolEnded(call("t1", "make"), false));

    assertThat(state()).isEqualTo(working("Thinking"));
  }

  @Test
  void aToolMayBeUsedAgainInTheNextTurn() {
    apply(new ToolStarted(call("t1", "make")));
    apply(new ToolEnded(call("t1", "make"), false));
    apply(new TurnEnded());
    apply(new PromptSubmitted("again"));

    assertThat(after(List.of(), new ToolStarted(call("t1", "make"))))
        .isEqualTo(working("Bash", "make"));
  }

  @Test
  void aCommandThatWasChangedBeforeItRanIsAnsweredToo() {
    apply(asks(new ToolCall("Bash", null, "make")));
    apply(new ToolEnded(new ToolCall("Bash", "t1", "make -n"), false));

    assertThat(state()).isEqualTo(working("Thinking"));
  }

  @Test
  void whatWasOvertakenCountsForItsOwnTool() {
    apply(new ToolStarted(call("t1", "make")));
    var asksLate = asks(new ToolCall("Bash", null, "make"));
    assertThat(StatePolicy.applyLate(activity, asksLate)).isEqualTo(Rule.ASKED);

    var _ = StatePolicy.applyLate(activity, new ToolStarted(new ToolCall("Read", "t2", null)));
    assertThat(reason()).isEqualTo(PERMISSION);

    var _ = StatePolicy.applyLate(activity, new ToolEnded(call("t1", "make"), false));
    assertThat(state()).isEqualTo(working("Read"));
    assertThat(StatePolicy.applyLate(activity, asksLate)).isNull();
  }

  @Test
  void anExpiredLoginOutlastsTheWordThatTheTurnIsOver() {
    apply(new TurnFailed("authentication_failed", AUTH));
    apply(new TurnEnded());

    assertThat(reason()).isEqualTo(AUTH);
  }

  @Test
  void theEndOfACompactionThatNobodySawBeginSaysNothing() {
    assertThat(StatePolicy.apply(activity, new CompactionEnded(false))).isNull();
    assertThat(state()).isEqualTo(new Idle(BEFORE));
  }

  @Test
  void aToolThatEndedBeforeItStartedDoesNotStart() {
    apply(new ToolEnded(call("t1", "make"), false));
    apply(new ToolStarted(call("t1", "make")));

    assertThat(state()).isEqualTo(working("Thinking"));
    assertThat(activity.running()).isEmpty();
  }

  @Test
  void goesBackToTheToolThatStillRuns() {
    apply(new ToolStarted(call("t1", "make")));
    apply(new ToolStarted(new ToolCall("Read", "t2", "a.txt")));
    apply(new ToolEnded(new ToolCall("Read", "t2", "a.txt"), false));

    assertThat(state()).isEqualTo(working("Bash", "make"));
  }

  @Test
  void aSubagentShowsWorkWhereNothingElseDoes() {
    apply(new SubagentStarted("agent-1", null));
    assertThat(state()).isEqualTo(working(null));

    apply(new SubagentEnded("agent-1", null));
    assertThat(state()).isEqualTo(new Idle(BEFORE));
  }

  @Test
  void theEndOfASubagentDoesNotEndTheTurn() {
    apply(new PromptSubmitted("fix"));
    apply(new SubagentStarted("agent-1", null));
    apply(new SubagentEnded("agent-1", null));

    assertThat(state()).isEqualTo(working(null));
  }

  @Test
  void aSubagentThatStartsMeansThatItWasAllowedTo() {
    apply(asks(new ToolCall("Task", null, null)));

    assertThat(after(List.of(), new SubagentStarted("agent-1", null)).status())
        .isEqualTo(Status.WORKING);
  }

  @Test
  void aQuestionOfASubagentStaysOpenWhileItsParentGoesOn() {
    var question = new Question(PERMISSION, "Bash", null, null, null, null);
    assertThat(StatePolicy.showQuestion(activity, CHILD, question)).isTrue();
    assertThat(StatePolicy.showQuestion(activity, CHILD, question)).isFalse();

    apply(new ToolStarted(call("t1", "make")));
    assertThat(reason()).isEqualTo(PERMISSION);

    assertThat(StatePolicy.showQuestion(activity, CHILD, null)).isTrue();
    assertThat(state()).isEqualTo(working("Bash", "make"));
  }

  @Test
  void whileOneAgentAsksTheOthersOfItsProcessSayNothing() {
    apply(new AttentionRaised(QUESTION, "Ask"));

    assertThat(StatePolicy.applyInside(activity, CHILD, new ToolStarted("Read"))).isNull();
    assertThat(reason()).isEqualTo(QUESTION);
  }

  @Test
  void anAgentClosesItsOwnQuestionByGoingOn() {
    var asks = new AttentionRaised(PERMISSION, "Bash");
    assertThat(StatePolicy.applyInside(activity, CHILD, asks)).isEqualTo(Rule.CHILD_ASKED);

    var _ = StatePolicy.applyInside(activity, CHILD, new ToolEnded("Bash", false));

    assertThat(state()).isEqualTo(working("Thinking"));
  }

  @Test
  void workThatIsSeenLeavesAQuestionOpen() {
    apply(new WorkSeen());
    assertThat(state()).isEqualTo(working(null));

    apply(asks(call("t1", "make")));
    apply(new WorkSeen());

    assertThat(reason()).isEqualTo(PERMISSION);
  }

  @Test
  void takesOverAStateThatIsShownWhole() {
    var question = new Question(PERMISSION, "Confirm", null, "shown", null, null);
    apply(new StateShown(Status.ATTENTION_NEEDED, null, question));
    apply(new StateShown(Status.ATTENTION_NEEDED, null, question));
    assertThat(activity.questions()).hasSize(1);

    assertThat(after(List.of(), new StateShown(Status.WORKING, "tool_use", null)))
        .isEqualTo(working("tool_use"));
  }

  @Test
  void keepsTheTimeOfAStatusThatOnlyChangesItsDetail() {
    apply(new ToolStarted("Bash"));
    var first = StatePolicy.stateOf(activity, new Idle(BEFORE), BEFORE);

    apply(new ToolStarted("Read"));

    assertThat(StatePolicy.stateOf(activity, first, NOW).since()).isEqualTo(BEFORE);
    apply(new TurnEnded());
    assertThat(StatePolicy.stateOf(activity, first, NOW).since()).isEqualTo(NOW);
  }

  private SessionState after(List<LifecycleEvent> events, LifecycleEvent last) {
    events.forEach(this::apply);
    apply(last);
    return state();
  }

  private void apply(LifecycleEvent event) {
    var _ = StatePolicy.apply(activity, event);
  }

  private SessionState state() {
    return StatePolicy.stateOf(activity, new Idle(BEFORE), BEFORE);
  }

  private AttentionReason reason() {
    assertThat(state()).isInstanceOf(AttentionNeeded.class);
    return ((AttentionNeeded) state()).question().reason();
  }

  private static AttentionRaised asks(ToolCall call) {
    return new AttentionRaised(new Question(PERMISSION, call.tool(), null, null, call, null));
  }

  private static ToolCall call(String id, String command) {
    return new ToolCall("Bash", id, command);
  }

  private static Working working(@Nullable String detail) {
    return working(detail, null);
  }

  private static Working working(@Nullable String detail, @Nullable String target) {
    return new Working(BEFORE, detail, target);
  }
}
