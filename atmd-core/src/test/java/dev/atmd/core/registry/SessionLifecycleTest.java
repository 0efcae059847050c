package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.hookOfSubagent;
import static dev.atmd.core.registry.Reports.numbered;
import static dev.atmd.core.registry.Reports.sentAt;
import static dev.atmd.core.registry.Reports.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import dev.atmd.core.session.ToolCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an event changes in its session (atm-behaviour §6), once and in its time. */
class SessionLifecycleTest {
  private final TableUnderTest table = new TableUnderTest();

  @Test
  void anyEventFoundsASession() {
    assertThat(table.applied(hook("a", 7L, new TurnEnded()))).containsExactly("+a");
    assertThat(table.session("a").state()).isEqualTo(new Idle(table.now()));
    assertThat(table.session("a").model()).isEqualTo(Model.UNKNOWN);
  }

  @Test
  void everyEventIsASignOfLife() {
    table.apply(hook("a", 7L, new TurnStarted()));
    table.pass(Duration.ofSeconds(5));

    assertThat(table.applied(hook("a", 7L, new Noticed()))).containsExactly("a");
    assertThat(table.session("a").lastActivity()).isEqualTo(table.now());
    assertThat(table.session("a").state()).isEqualTo(new Working(TableUnderTest.NOON, null));
  }

  @Test
  void keepsTheFirstPromptThatSaysSomething() {
    table.apply(hook("a", 7L, new PromptSubmitted(null)));
    table.apply(hook("a", 7L, new PromptSubmitted("")));
    table.apply(hook("a", 7L, new PromptSubmitted("fix the tests")));
    table.apply(hook("a", 7L, new PromptSubmitted("and now the rest")));

    assertThat(table.session("a").firstPrompt()).isEqualTo("fix the tests");
  }

  @Test
  void cutsALongPromptBetweenCharacters() {
    table.apply(hook("a", 7L, new PromptSubmitted("0123456789012345678\uD83D\uDE00 and more")));
    table.apply(hook("b", 8L, new PromptSubmitted("01234567890123456789")));

    assertThat(table.session("a").firstPrompt())
        .startsWith("0123456789012345678")
        .doesNotContain("\uD83D");
    assertThat(table.session("b").firstPrompt()).isEqualTo("01234567890123456789");
  }

  @Test
  void measuresTokensAndMoneyEachForItself() {
    table.apply(status("a", 7L, Reports.OPUS, Reports.COSTS, Reports.CONTEXT));
    table.apply(hook("a", 7L, new UsageMeasured(5L, null)));
    assertThat(table.session("a").usage().cost()).isEqualTo(Reports.COSTS.total());
    assertThat(table.session("a").usage().context().totalInput()).isEqualTo(5);
    assertThat(table.session("a").usage().context().current().input()).isEqualTo(5);

    table.apply(hook("a", 7L, new UsageMeasured(null, new Money(9))));
    assertThat(table.session("a").usage().cost()).isEqualTo(new Money(9));
    assertThat(table.session("a").usage().context().totalInput()).isEqualTo(5);
  }

  @Test
  void takesTheChangedModel() {
    var model = Model.of("gpt-5.5-20260101", null);
    table.apply(hook("a", 7L, new ModelChanged(model)));

    assertThat(table.session("a").model()).isEqualTo(model);
  }

  @Test
  void anAnsweredQuestionIsClosedWhateverElseRuns() {
    table.apply(hook("a", 7L, new ToolStarted("Bash")));
    table.apply(hookOfSubagent("a", 7, "sub", new ToolStarted("Read")));
    table.apply(hook("a", 7L, asks("Ask")));
    table.apply(hookOfSubagent("a", 7, "sub", new ToolEnded("Read", false)));
    assertThat(table.session("a").state()).isInstanceOf(AttentionNeeded.class);

    table.apply(hook("a", 7L, new ToolEnded("Ask", false)));
    assertThat(table.session("a").state()).isInstanceOf(Working.class);
  }

  @Test
  void theEndOfAnotherToolLeavesAQuestionOpen() {
    table.apply(hook("a", 7L, new ToolStarted("Bash")));
    table.apply(hook("a", 7L, asks("Ask")));
    table.apply(hook("a", 7L, new ToolEnded("Bash", false)));

    assertThat(table.session("a").state()).isInstanceOf(AttentionNeeded.class);
  }

  private static AttentionRaised asks(String tool) {
    return new AttentionRaised(
        new Question(
            AttentionReason.QUESTION, tool, null, null, new ToolCall(tool, null, null), null));
  }

  @Test
  void aSubagentLeavesTheQuestionOfTheMainAgentOpen() {
    table.apply(hook("a", 7L, new AttentionRaised(AttentionReason.QUESTION, "Ask")));
    table.apply(hookOfSubagent("a", 7, "sub", new ToolEnded("Bash", false)));

    assertThat(table.session("a").state()).isInstanceOf(AttentionNeeded.class);
    table.apply(hook("a", 7L, new ToolEnded("Ask", false)));
    assertThat(table.session("a").state()).isEqualTo(new Working(table.now(), "Thinking"));
  }

  @Test
  void theSameEventTwiceChangesNothing() {
    table.apply(hook("a", 7L, new TurnStarted(), numbered("e1")));
    table.apply(hook("a", 7L, new TurnEnded(), numbered("e2")));

    assertThat(table.applied(hook("a", 7L, new TurnStarted(), numbered("e1")))).isEmpty();
    assertThat(table.session("a").state()).isEqualTo(new Idle(table.now()));
  }

  @Test
  void anEventIsForgottenAfterAsManyOthersAsAreRemembered() {
    for (var event : new String[] {"e1", "e2", "e3", "e4"}) {
      table.apply(hook("a", 7L, new TurnStarted(), numbered(event)));
    }

    table.pass(Duration.ofSeconds(1));
    assertThat(table.applied(hook("a", 7L, new TurnStarted(), numbered("e2")))).isEmpty();
    assertThat(table.applied(hook("a", 7L, new TurnStarted(), numbered("e1"))))
        .containsExactly("a");
  }

  @Test
  void aRefusedEventMayComeAgain() {
    var full = new TableUnderTest(1);
    full.apply(hook("a", 7L, new TurnStarted()));
    var event = hook("b", 8L, new TurnStarted(), numbered("e1"));
    assertThat(full.answer(event)).isEqualTo(new Outcome.Refused(new Refusal.Full(1)));

    full.pass(TableUnderTest.EVICTABLE);
    assertThat(full.applied(event)).containsExactly("-a evicted", "+b");
  }

  @Test
  void aLateEventDoesNotDecideTheState() {
    var now = table.now();
    table.apply(hook("a", 7L, new TurnEnded(), sentAt(now.minusSeconds(1))));
    table.apply(hook("a", 7L, new ToolStarted("Bash"), sentAt(now.minusSeconds(2))));

    assertThat(table.session("a").state()).isInstanceOf(Idle.class);
    table.apply(hook("a", 7L, new ToolStarted("Bash"), sentAt(now.minusSeconds(1))));
    assertThat(table.session("a").state()).isEqualTo(new Working(now.minusSeconds(1), "Bash"));
  }

  @Test
  void anEventThatSaysNothingOfTheStateMakesNoOtherLate() {
    var now = table.now();
    table.apply(hook("a", 7L, new TurnStarted(), sentAt(now.minusSeconds(3))));
    table.apply(hook("a", 7L, new Noticed(), sentAt(now.minusSeconds(1))));
    table.apply(hook("a", 7L, new TurnEnded(), sentAt(now.minusSeconds(2))));

    assertThat(table.session("a").state()).isEqualTo(new Idle(now.minusSeconds(2)));
  }

  @Test
  void aLatePromptIsStillTheFirst() {
    var now = table.now();
    table.apply(hook("a", 7L, new TurnEnded(), sentAt(now.minusSeconds(1))));
    table.apply(hook("a", 7L, new PromptSubmitted("fix"), sentAt(now.minusSeconds(2))));

    assertThat(table.session("a").firstPrompt()).isEqualTo("fix");
  }

  @Test
  void anEventFromTheFutureCountsAsNow() {
    table.apply(hook("a", 7L, new TurnStarted(), sentAt(table.now().plusSeconds(3_600))));
    table.pass(Duration.ofSeconds(1));
    table.apply(hook("a", 7L, new TurnEnded()));

    assertThat(table.session("a").state()).isEqualTo(new Idle(table.now()));
  }
}
