package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.found;
import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.session.AgentType;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Links;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which process is the subagent that was announced, and how the links follow (R14). */
class SessionSubagentsTest {
  private static final SubagentStarted EXPLORER = new SubagentStarted("agent-1", "explore");

  private final TableUnderTest table = new TableUnderTest();

  @BeforeEach
  void aParentAndItsChildProcess() {
    table.processes.start(7);
    table.processes.startChild(8, 7);
    table.apply(hook("parent", 7L, new TurnStarted()));
  }

  @Test
  void linksADescendantAndPublishesItsParent() {
    table.apply(hook("parent", 7L, EXPLORER));

    assertThat(table.applied(hook("child", 8L, new TurnStarted())))
        .containsExactly("+child", "parent");
    assertThat(table.session("child").agentType()).isEqualTo(AgentType.ofRole("explore"));
    assertThat(links("child")).isEqualTo(new Links(Reports.id("parent"), List.of()));
    assertThat(links("parent")).isEqualTo(new Links(null, List.of(Reports.id("child"))));
  }

  @Test
  void linksByEveryWayOfCreation() {
    table.processes.startChild(9, 8);
    table.apply(hook("parent", 7L, EXPLORER));
    table.apply(hook("parent", 7L, new SubagentStarted("agent-2", null)));

    assertThat(table.applied(status("child", 8L))).containsExactly("+child", "parent");
    assertThat(table.applied(found(9))).containsExactly("+pending-9", "parent");
    assertThat(table.session("pending-9").agentType()).isEqualTo(AgentType.MAIN);
  }

  @Test
  void oneAnnouncementIsFulfilledOnce() {
    table.processes.startChild(9, 7);
    table.apply(hook("parent", 7L, EXPLORER));
    table.apply(found(8));

    assertThat(table.applied(found(9))).containsExactly("+pending-9");
  }

  @Test
  void aStrangerIsNoSubagent() {
    table.processes.start(9);
    table.apply(hook("parent", 7L, EXPLORER));

    assertThat(table.applied(found(9))).containsExactly("+pending-9");
  }

  @Test
  void anAnnouncementIsForgottenAfterThirtySeconds() {
    table.apply(hook("parent", 7L, EXPLORER));
    table.pass(Duration.ofSeconds(30));

    assertThat(table.applied(found(8))).containsExactly("+pending-8");
  }

  @Test
  void anAnnouncementIsGoodForThirtySeconds() {
    table.apply(hook("parent", 7L, EXPLORER));
    table.pass(Duration.ofMillis(29_999));

    assertThat(table.applied(found(8))).containsExactly("+pending-8", "parent");
  }

  @Test
  void aSubagentThatEndedIsNotLookedForAnyLonger() {
    table.apply(hook("parent", 7L, EXPLORER));
    table.apply(hook("parent", 7L, new SubagentEnded("agent-1", null)));

    assertThat(table.applied(found(8))).containsExactly("+pending-8");
  }

  @Test
  void anAnnouncementMayBeTheFirstWord() {
    table.processes.start(17);
    table.processes.startChild(18, 17);

    assertThat(table.applied(hook("first", 17L, EXPLORER))).containsExactly("+first");
    assertThat(links("first")).isEqualTo(Links.NONE);
    assertThat(table.applied(found(18))).containsExactly("+pending-18", "first");
  }

  @Test
  void aReusedPidIsNoParent() {
    table.apply(hook("parent", 7L, EXPLORER));
    table.processes.start(7);
    table.processes.startChild(8, 7);

    assertThat(table.applied(found(8))).containsExactly("+pending-8");
  }

  @Test
  void aRenamedChildStaysAChild() {
    table.apply(hook("parent", 7L, EXPLORER));
    table.apply(found(8));

    assertThat(table.applied(hook("child", 8L, new TurnStarted())))
        .containsExactly("-pending-8 renamed child", "parent", "child");
    assertThat(links("parent").children()).containsExactly(Reports.id("child"));
  }

  @Test
  void aRenamedParentStaysAParent() {
    table.apply(hook("parent", 7L, EXPLORER));
    table.apply(found(8));
    table.apply(status("renamed", 7L));

    assertThat(links("pending-8").parent()).isEqualTo(Reports.id("renamed"));
  }

  @Test
  void aRemovedChildIsNoLongerNamed() {
    var child = table.processes.find(Reports.found(8).pid()).orElseThrow();
    table.apply(hook("parent", 7L, EXPLORER));
    table.apply(found(8));

    assertThat(table.applied(new RemoveDead(List.of(child))))
        .containsExactly("-pending-8 process_died", "parent");
    assertThat(links("parent")).isEqualTo(Links.NONE);
  }

  @Test
  void aRemovedParentLeavesAnOrphan() {
    table.apply(hook("parent", 7L, EXPLORER));
    table.apply(found(8));

    assertThat(table.applied(hook("parent", 7L, new SessionEnded())))
        .containsExactly("-parent session_ended", "pending-8");
    assertThat(links("pending-8")).isEqualTo(Links.NONE);
  }

  private Links links(String id) {
    return table.session(id).links();
  }
}
