package dev.atmd.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.CompactionStarted;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SetupStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
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

  private static final Idle IDLE = new Idle(BEFORE);
  private static final Working WORKING = new Working(BEFORE, "Bash");
  private static final AttentionNeeded QUESTION = question(null);

  static final List<SessionState> STATES = List.of(IDLE, WORKING, QUESTION);

  static final List<LifecycleEvent> SILENT_EVENTS =
      List.of(
          new Noticed(),
          new UsageMeasured(1L, Money.ZERO),
          new ModelChanged(Model.UNKNOWN),
          new SessionEnded());

  static final List<LifecycleEvent> EVENTS_OF_A_SUBAGENT =
      List.of(
          new SessionStarted(),
          new PromptSubmitted("go on"),
          new TurnStarted(),
          new TurnEnded(),
          new ToolStarted("Read"),
          new ToolEnded("Read", false),
          new CompactionStarted(),
          new SetupStarted(),
          new AttentionRaised(AttentionReason.PERMISSION, "Bash"));

  @ParameterizedTest
  @FieldSource("STATES")
  void endsInIdleWhenNothingIsLeftToDo(SessionState state) {
    var since = state instanceof Idle ? BEFORE : NOW;

    assertThat(next(state, new SessionStarted())).isEqualTo(new Idle(since));
    assertThat(next(state, new TurnEnded())).isEqualTo(new Idle(since));
  }

  @ParameterizedTest
  @FieldSource("STATES")
  void worksWithTheDetailOfTheEvent(SessionState state) {
    var since = state instanceof Working ? BEFORE : NOW;

    assertThat(next(state, new PromptSubmitted("fix"))).isEqualTo(new Working(since, null));
    assertThat(next(state, new TurnStarted())).isEqualTo(new Working(since, null));
    assertThat(next(state, new ToolStarted("Read"))).isEqualTo(new Working(since, "Read"));
    assertThat(next(state, new ToolEnded("Read", false))).isEqualTo(new Working(since, "Thinking"));
    assertThat(next(state, new ToolEnded("Read", true))).isEqualTo(new Working(since, "Thinking"));
    assertThat(next(state, new CompactionStarted())).isEqualTo(new Working(since, "Compacting"));
    assertThat(next(state, new SetupStarted())).isEqualTo(new Working(since, "Setup"));
  }

  @ParameterizedTest
  @FieldSource("STATES")
  void needsAttentionWhenItIsRaised(SessionState state) {
    var since = state instanceof AttentionNeeded ? BEFORE : NOW;

    assertThat(next(state, new AttentionRaised(AttentionReason.PLAN, "ExitPlanMode")))
        .isEqualTo(new AttentionNeeded(since, "ExitPlanMode", AttentionReason.PLAN, null));
  }

  @Test
  void aSubagentMakesAnIdleSessionWorkAndLeavesTheOthers() {
    for (var event :
        List.of(new SubagentStarted("agent-1", "explore"), new SubagentEnded("agent-1"))) {
      assertThat(next(IDLE, event)).isEqualTo(new Working(NOW, null));
      assertThat(next(WORKING, event)).isEqualTo(WORKING);
      assertThat(next(QUESTION, event)).isEqualTo(QUESTION);
    }
  }

  @ParameterizedTest
  @FieldSource("SILENT_EVENTS")
  void someEventsSayNothingOfTheState(LifecycleEvent event) {
    assertThat(STATES).allSatisfy(state -> assertThat(next(state, event)).isSameAs(state));
    assertThat(StatePolicy.decides(event)).isFalse();
  }

  @ParameterizedTest
  @FieldSource("EVENTS_OF_A_SUBAGENT")
  void aSubagentLeavesTheQuestionOfTheMainAgentOpen(LifecycleEvent event) {
    assertThat(StatePolicy.next(QUESTION, event, "agent-1", NOW)).isEqualTo(QUESTION);
    assertThat(StatePolicy.decides(event)).isTrue();
  }

  @Test
  void aSubagentClosesItsOwnQuestion() {
    assertThat(StatePolicy.next(question("agent-1"), new ToolEnded("Bash", false), "agent-1", NOW))
        .isEqualTo(new Working(NOW, "Thinking"));
  }

  @Test
  void theWorkOfTheMainAgentLeavesTheQuestionOfASubagentOpen() {
    assertThat(next(question("agent-1"), new ToolStarted("Read"))).isEqualTo(question("agent-1"));
  }

  @Test
  void theEndOfTheTurnClosesEveryQuestion() {
    assertThat(next(question("agent-1"), new TurnEnded())).isEqualTo(new Idle(NOW));
    assertThat(next(question("agent-1"), new PromptSubmitted("no")))
        .isEqualTo(new Working(NOW, null));
  }

  @Test
  void aQuestionOfTheMainAgentTakesThePlaceOfASubagents() {
    assertThat(next(question("agent-1"), new AttentionRaised(AttentionReason.QUESTION, "Ask")))
        .isEqualTo(QUESTION);
  }

  private static SessionState next(SessionState state, LifecycleEvent event) {
    return StatePolicy.next(state, event, null, NOW);
  }

  private static AttentionNeeded question(@Nullable String agentId) {
    return new AttentionNeeded(BEFORE, "Ask", AttentionReason.QUESTION, agentId);
  }
}
