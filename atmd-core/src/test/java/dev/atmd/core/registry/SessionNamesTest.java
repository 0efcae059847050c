package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.LifecycleReport.Details;
import dev.atmd.core.registry.LifecycleReport.Signal;
import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.registry.RegistryCommand.ExpireSilent;
import dev.atmd.core.registry.RegistryCommand.Explain;
import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reports that name their session (docs/decisions/0011). */
class SessionNamesTest {
  private static final Instant NOON = TableUnderTest.NOON;

  private final TableUnderTest table = new TableUnderTest(1_000);

  @Test
  void aNewConversationTakesThePlaceOfTheOldOneOfItsProcess() {
    table.apply(event("a", 7L, new PromptSubmitted("fix")));

    assertThat(table.applied(event("b", 7L, new SessionStarted())))
        .containsExactly("-a replaced", "+b");
    assertThat(table.session("b").firstPrompt()).isNull();
  }

  @Test
  void theEndOfTheOldConversationDoesNotEndTheNewOne() {
    table.apply(event("a", 7L, new PromptSubmitted("fix")));
    table.apply(event("b", 7L, new SessionStarted()));

    assertThat(table.applied(event("a", 7L, new SessionEnded()))).isEmpty();
    assertThat(table.applied(event("a", 7L, new ToolEnded("Bash", false)))).isEmpty();
    assertThat(table.ids()).containsExactly("b");
  }

  @Test
  void anEndOfASessionThatNobodyKnowsEndsNothing() {
    table.apply(event("a", 7L, new SessionStarted()));

    assertThat(table.applied(event("other", 7L, new SessionEnded()))).isEmpty();
    assertThat(table.ids()).containsExactly("a");
  }

  @Test
  void aProcessThatServesSeveralSessionsKeepsThemAll() {
    table.apply(event(Harness.OPENCODE, "a", 7L, new SessionStarted()));
    table.apply(event(Harness.OPENCODE, "b", 7L, new PromptSubmitted("fix")));
    table.apply(event(Harness.OPENCODE, "a", 7L, new SessionEnded()));

    assertThat(table.ids()).containsExactly("b");
  }

  @Test
  void anotherHarnessWithTheSamePidReplacesNothing() {
    table.apply(event("a", 7L, new SessionStarted()));
    table.apply(event(Harness.CODEX, "b", 7L, new SessionStarted()));

    assertThat(table.ids()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aConversationThatIsResumedInAProcessThatWasFoundGoesOn() {
    table.apply(event("a", 7L, new PromptSubmitted("fix")));
    table.apply(event("a", 7L, new SessionEnded()));
    table.apply(Reports.found(8));

    assertThat(table.applied(event("a", 8L, new SessionStarted())))
        .containsExactly("-pending-8 renamed a", "a");
    assertThat(table.applied(event("a", 8L, new ToolStarted("Bash")))).containsExactly("a");
  }

  @Test
  void theSameSessionInANewProcessIsOneSession() {
    table.apply(event("a", 7L, new SessionStarted()));
    table.apply(event("a", 8L, new SessionStarted()));

    assertThat(table.ids()).containsExactly("a");
    assertThat(table.session("a").pid()).isEqualTo(new Pid(8));
  }

  @Test
  void whatIsLateDoesNotBringBackWhatEnded() {
    table.apply(event("a", 7L, new SessionStarted()));
    table.apply(event("a", 7L, new SessionEnded()));

    assertThat(table.applied(event("a", 7L, new TurnEnded()))).isEmpty();
    assertThat(table.applied(event("a", 7L, new ToolStarted("Bash")))).isEmpty();
    assertThat(table.applied(event("a", 7L, new PromptSubmitted("again")))).containsExactly("+a");
  }

  @Test
  void notEvenAPromptThatWasSentBeforeTheEnd() {
    table.apply(at(NOON.minusSeconds(9), "a", new SessionStarted()));
    table.apply(at(NOON.minusSeconds(5), "a", new SessionEnded()));

    assertThat(table.applied(at(NOON.minusSeconds(6), "a", new PromptSubmitted("x")))).isEmpty();
    assertThat(table.applied(at(NOON.minusSeconds(4), "a", new PromptSubmitted("x"))))
        .containsExactly("+a");
  }

  @Test
  void aSessionIsResumedThoughItsDeathWasNoticedLater() {
    var stamp = table.processes.start(7);
    table.apply(event("a", 7L, new SessionStarted()));
    table.pass(Duration.ofSeconds(10));
    table.processes.kill(7);
    table.apply(new RemoveDead(List.of(stamp)));

    assertThat(table.applied(at(NOON.plusSeconds(9), "a", new SessionStarted())))
        .containsExactly("+a");
  }

  @Test
  void anEndThatWasSentBeforeTheLastStartEndsNothing() {
    table.apply(at(NOON.minusSeconds(5), "a", new SessionStarted()));

    assertThat(table.applied(at(NOON.minusSeconds(6), "a", new SessionEnded()))).isEmpty();
    assertThat(table.ids()).containsExactly("a");
  }

  @Test
  void whatEndedIsForgottenInTheEnd() {
    table.apply(event("a", 7L, new SessionStarted()));
    table.apply(event("a", 7L, new SessionEnded()));
    assertThat(table.answer(new Explain(id("a")))).isInstanceOf(Outcome.Over.class);

    table.pass(Duration.ofMinutes(31));

    assertThat(table.answer(new Explain(id("a")))).isEqualTo(new Outcome.Unknown());
    assertThat(table.applied(event("a", 7L, new TurnEnded()))).containsExactly("+a");
  }

  @Test
  void whatHasWaitedAndTellsOfAProcessThatIsGoneBeginsNothing() {
    var sent = at(NOON.minusSeconds(90), "a", new PromptSubmitted("fix"));
    var late = new ApplyLifecycle(sent.report(), sent.delivery().afterWaiting(), null);
    assertThat(table.applied(late)).isEmpty();

    var _ = table.processes.start(7);
    assertThat(table.applied(late)).containsExactly("+a");
  }

  @Test
  void aSubagentIsASessionOfItsOwnWithItsParent() {
    table.apply(event("a", 7L, new PromptSubmitted("fix")));

    assertThat(table.applied(event("a", 7L, new SubagentStarted("x", "explore"))))
        .containsExactly("+a/x", "a");
    assertThat(table.session("a/x").links().parent()).isEqualTo(id("a"));
    assertThat(table.session("a").links().children()).containsExactly(id("a/x"));
    assertThat(table.session("a/x").agentType().tag()).isEqualTo("explore");
    assertThat(status("a/x")).isEqualTo(Status.WORKING);

    table.apply(event("a", 7L, new SubagentEnded("x", null)));
    assertThat(table.ids()).containsExactly("a");
    assertThat(table.session("a").links().children()).isEmpty();
    assertThat(status("a")).isEqualTo(Status.WORKING);
  }

  @Test
  void aSubagentMayBeHeardOfBeforeItsParent() {
    table.apply(childAsks("a", "b"));

    assertThat(table.applied(event(Harness.OPENCODE, "a", 7L, new TurnStarted())))
        .containsExactly("+a", "b");

    assertThat(table.session("a").links().children()).containsExactly(id("b"));
    assertThat(table.session("b").links().parent()).isEqualTo(id("a"));
    assertThat(status("a")).isEqualTo(Status.ATTENTION_NEEDED);
  }

  @Test
  void aQuestionOfASubagentRaisesItsParentUntilItIsAnswered() {
    table.apply(event("a", 7L, new PromptSubmitted("fix")));
    table.apply(event("a", 7L, new SubagentStarted("x", null)));

    table.apply(inside("a", "x", new AttentionRaised(AttentionReason.PERMISSION, "Bash")));
    assertThat(status("a/x")).isEqualTo(Status.ATTENTION_NEEDED);
    assertThat(status("a")).isEqualTo(Status.ATTENTION_NEEDED);

    table.apply(event("a", 7L, new ToolStarted("Read")));
    assertThat(status("a")).isEqualTo(Status.ATTENTION_NEEDED);

    table.apply(inside("a", "x", new ToolStarted("Bash")));
    assertThat(status("a/x")).isEqualTo(Status.WORKING);
    assertThat(status("a")).isEqualTo(Status.WORKING);
  }

  @Test
  void aPromptClosesWhatItsSubagentsAsked() {
    table.apply(event("a", 7L, new SubagentStarted("x", null)));
    table.apply(inside("a", "x", new AttentionRaised(AttentionReason.PERMISSION, "Bash")));

    table.apply(event("a", 7L, new PromptSubmitted("go on")));

    assertThat(status("a/x")).isEqualTo(Status.WORKING);
    assertThat(status("a")).isEqualTo(Status.WORKING);
  }

  @Test
  void followsNoMoreSubagentsThanAnybodyRuns() {
    for (var i = 0; i < 300; i++) {
      table.apply(event("a", 7L, new SubagentStarted("x" + i, null)));
    }

    assertThat(table.session("a").links().children()).hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void aSubagentThatEndsTakesItsQuestionAlong() {
    table.apply(event("a", 7L, new SubagentStarted("x", null)));
    table.apply(inside("a", "x", new AttentionRaised(AttentionReason.PERMISSION, "Bash")));

    table.apply(event("a", 7L, new SubagentEnded("x", null)));

    assertThat(status("a")).isEqualTo(Status.IDLE);
  }

  @Test
  void whatIsLateOfASubagentDoesNotBringItBack() {
    table.apply(event("a", 7L, new SubagentStarted("x", null)));
    table.apply(event("a", 7L, new SubagentEnded("x", null)));
    table.apply(inside("a", "x", new ToolEnded("Bash", false)));
    assertThat(table.ids()).containsExactly("a");

    table.apply(event("a", 7L, new SubagentEnded("unknown", null)));
    assertThat(table.ids()).containsExactly("a");
  }

  @Test
  void aTurnThatEndsEndsTheSubagentsThatDoNotGoOn() {
    table.apply(event("a", 7L, new PromptSubmitted("fix")));
    table.apply(event("a", 7L, new SubagentStarted("x", null)));
    table.apply(event("a", 7L, new SubagentStarted("y", null)));

    table.apply(event("a", 7L, new TurnEnded(Set.of("y"))));
    assertThat(table.ids()).containsExactlyInAnyOrder("a", "a/y");
    assertThat(status("a")).isEqualTo(Status.IDLE);
    assertThat(status("a/y")).isEqualTo(Status.WORKING);

    table.apply(event("a", 7L, new TurnEnded(Set.of())));
    assertThat(table.ids()).containsExactly("a");
  }

  @Test
  void aSubagentOfWhichNothingIsSaidRestsAndGoes() {
    table.apply(event("a", 7L, new PromptSubmitted("fix")));
    table.apply(event("a", 7L, new SubagentStarted("x", null)));
    table.apply(event("a", 7L, new TurnEnded()));
    assertThat(status("a/x")).isEqualTo(Status.IDLE);

    table.pass(Duration.ofMinutes(2));
    table.apply(new ExpireSilent());

    assertThat(table.ids()).containsExactly("a");
  }

  @Test
  void subagentsEndWithTheirParent() {
    table.apply(event("a", 7L, new SubagentStarted("x", null)));

    assertThat(table.applied(event("a", 7L, new SessionEnded())))
        .contains("-a/x session_ended", "-a session_ended");
    assertThat(table.applied(inside("a", "x", new ToolStarted("Bash")))).isEmpty();
  }

  @Test
  void aSessionThatNamesItsParentIsLinkedWithIt() {
    table.apply(event(Harness.OPENCODE, "a", 7L, new SessionStarted()));
    table.apply(childAsks("a", "b"));

    assertThat(table.session("b").links().parent()).isEqualTo(id("a"));
    assertThat(table.session("a").links().children()).containsExactly(id("b"));
    assertThat(status("a")).isEqualTo(Status.ATTENTION_NEEDED);
  }

  @Test
  void anAnswerThatNamesOnlyItsQuestionIsForWhoeverHasAskedIt() {
    var answer = new AttentionCleared("c-1", AttentionReason.PERMISSION);
    table.apply(event(Harness.CRUSH, "a", 7L, asking("c-1")));
    table.apply(event(Harness.CRUSH, "b", 7L, asking("c-2")));

    table.apply(
        new ApplyLifecycle(
            new LifecycleReport(
                new SessionId.Asker("c-1"), null, Harness.CRUSH, null, null, answer),
            delivery(null),
            null));

    assertThat(status("a")).isEqualTo(Status.WORKING);
    assertThat(status("b")).isEqualTo(Status.ATTENTION_NEEDED);
  }

  @Test
  void explainsWhatLedToAState() {
    table.apply(event("a", 7L, new SessionStarted()));
    table.apply(event("a", 7L, new PromptSubmitted("fix")));

    assertThat(table.answer(new Explain(id("a"))))
        .isInstanceOfSatisfying(
            Outcome.Explained.class,
            explained ->
                assertThat(explained.explanation().transitions())
                    .extracting(change -> change.evidence().signal())
                    .containsExactly("SessionStarted", "PromptSubmitted"));
  }

  private Status status(String session) {
    return table.session(session).state().status();
  }

  private static ApplyLifecycle event(String session, long pid, LifecycleEvent event) {
    return event(Harness.CLAUDE, session, pid, event);
  }

  private static ApplyLifecycle event(
      Harness harness, String session, long pid, LifecycleEvent event) {
    return report(harness, id(session), new Pid(pid), null, event, null);
  }

  private static ApplyLifecycle inside(String session, String agentId, LifecycleEvent event) {
    return report(Harness.CLAUDE, id(session), new Pid(7), agentId, event, null);
  }

  private static ApplyLifecycle at(Instant sentAt, String session, LifecycleEvent event) {
    return report(Harness.CLAUDE, id(session), new Pid(7), null, event, sentAt);
  }

  private static LifecycleEvent asking(String request) {
    return new AttentionRaised(
        new Question(AttentionReason.PERMISSION, "bash", null, request, null, null));
  }

  private static ApplyLifecycle childAsks(String parent, String child) {
    return new ApplyLifecycle(
        new LifecycleReport(
            id(child),
            new Pid(7),
            Harness.OPENCODE,
            null,
            null,
            new AttentionRaised(AttentionReason.QUESTION, "Ask"),
            new Signal("question.asked", SignalTier.EVENT),
            new Details(null, id(parent), null, null, List.of())),
        delivery(null),
        null);
  }

  private static ApplyLifecycle report(
      Harness harness,
      SessionId session,
      Pid pid,
      @Nullable String agentId,
      LifecycleEvent event,
      @Nullable Instant sentAt) {
    return new ApplyLifecycle(
        new LifecycleReport(session, pid, harness, null, agentId, event), delivery(sentAt), null);
  }

  private static Delivery delivery(@Nullable Instant sentAt) {
    return new Delivery(null, sentAt, IdentityRule.BY_NAME);
  }
}
