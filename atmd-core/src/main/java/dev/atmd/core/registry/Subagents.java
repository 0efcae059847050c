package dev.atmd.core.registry;

import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.StatePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What events mean for the subagents inside a process: when they begin, rest and end, and what
 * their parent shows of them (docs/decisions/0011). Owned by {@link Lifecycles}.
 */
final class Subagents {
  private final Population population;
  private final Family family;

  Subagents(Population population) {
    this.population = population;
    this.family = population.family;
  }

  /** The subagent that an event happened to, which may begin by it; null if it is not followed. */
  @Nullable Tracked of(Tracked parent, String agentId, ApplyLifecycle happened) {
    var id = SessionId.ofSubagent(parent.session.id(), agentId);
    if (population.ended.isOver(id, false, null)) {
      return null;
    }
    var role = happened.report().details().role();
    if (population.sessions.byId(id) == null) {
      settle(parent, new SubagentStarted(agentId, role), happened);
    }
    return known(parent, agentId, role, happened);
  }

  /** Its own turn is over. */
  void end(Tracked parent, String agentId, ApplyLifecycle happened) {
    settle(parent, new SubagentEnded(agentId, null), happened);
    end(SessionId.ofSubagent(parent.session.id(), agentId));
  }

  /**
   * What the parent says of its subagents.
   *
   * @param past whether it is said of a turn that is over: then nothing begins
   */
  void follow(Tracked parent, ApplyLifecycle happened, boolean past) {
    announce(parent, happened.report());
    switch (happened.report().event()) {
      case SubagentStarted _ when past -> {}
      case SubagentStarted(var agentId, var role) when agentId != null ->
          start(parent, agentId, role, happened);
      case SubagentEnded(var agentId, _) when agentId != null ->
          end(SessionId.ofSubagent(parent.session.id(), agentId));
      case SubagentEnded(_, var role) -> family.oldest(parent, role).ifPresent(this::remove);
      default -> {}
    }
  }

  /** A subagent may turn out to be a process of its own (R14). */
  void announce(Tracked parent, LifecycleReport report) {
    switch (report.event()) {
      case SubagentStarted(var agentId, var role) when agentId != null ->
          family.announce(parent, agentId, role, population.now());
      case SubagentEnded(var agentId, _) when agentId != null -> family.withdraw(agentId);
      default -> {}
    }
  }

  /** One of them works, whatever its parent has been reminded of. */
  void goOn(Tracked parent, ApplyLifecycle happened) {
    var rule = StatePolicy.childWorks(parent.activity, happened.report().event());
    if (rule != null) {
      var at = happened.delivery().happenedAt(population.now());
      population.settle(parent, parent.session, happened.report().signal(), rule, at);
    }
  }

  /** They do not outlive the turn that started them, unless the harness says that they do. */
  void goOnAfter(Tracked parent, ApplyLifecycle happened, Instant at) {
    switch (happened.report().event()) {
      case SessionStarted _ -> family.of(parent).forEach(this::remove);
      case TurnEnded(var running) when running != null ->
          family.notAmong(parent, running).forEach(this::remove);
      case TurnEnded _, TurnInterrupted _, TurnFailed _ ->
          family.of(parent).forEach(child -> rest(child, parent, happened.report(), at));
      case PromptSubmitted _ ->
          family.of(parent).forEach(child -> answer(child, happened.report(), at));
      default -> {}
    }
  }

  /** Shows what they ask in their parent, whatever its own event has closed. */
  void showQuestions(Tracked parent) {
    for (var child : family.of(parent)) {
      var _ =
          StatePolicy.showQuestion(
              parent.activity, child.session.id(), child.activity.newestQuestion());
    }
  }

  private void start(
      Tracked parent, String agentId, @Nullable String role, ApplyLifecycle happened) {
    var id = SessionId.ofSubagent(parent.session.id(), agentId);
    if (population.ended.isOver(id, true, happened.delivery().sentAt())) {
      return;
    }
    var child = known(parent, agentId, role, happened);
    if (child != null) {
      settle(child, new TurnStarted(), happened);
    }
  }

  /** Null if there is no room for another one. */
  private @Nullable Tracked known(
      Tracked parent, String agentId, @Nullable String role, ApplyLifecycle happened) {
    var id = SessionId.ofSubagent(parent.session.id(), agentId);
    var known = population.sessions.byId(id);
    if (known != null
        || family.of(parent).size() >= Population.MAX_CHILDREN
        || !population.hasRoom()) {
      return known;
    }
    var now = population.now();
    var signal = happened.report().signal();
    var evidence = new Evidence(now, signal.name(), signal.tier(), Rule.BEGAN);
    var begun = Session.begun(id, null, parent.session.harness(), evidence, now);
    var child = family.begin(parent, agentId, role, begun);
    population.add(child, parent);
    return child;
  }

  private void end(SessionId id) {
    var child = population.sessions.byId(id);
    if (child != null) {
      remove(child);
    } else {
      population.ended.add(id, RemovalReason.ENDED, population.now());
    }
  }

  private void remove(Tracked child) {
    population.remove(child, RemovalReason.ENDED, null);
  }

  private void rest(Tracked child, Tracked parent, LifecycleReport report, Instant at) {
    child.partedAt = parent.partedAt;
    var rule = StatePolicy.apply(child.activity, new TurnEnded());
    population.settle(child, child.session, report.signal(), rule, at);
  }

  /** Who sends a prompt has seen, and left, what was asked before it. */
  private void answer(Tracked child, LifecycleReport report, Instant at) {
    var rule = StatePolicy.apply(child.activity, new AttentionCleared(null, null));
    if (rule != null) {
      population.settle(child, child.session, report.signal(), rule, at);
    }
  }

  /** Lets one agent go through what the event of another means for it. */
  private void settle(Tracked tracked, LifecycleEvent event, ApplyLifecycle happened) {
    var rule = StatePolicy.apply(tracked.activity, event);
    if (rule != null) {
      var at = happened.delivery().happenedAt(population.now());
      population.settle(tracked, tracked.session, happened.report().signal(), rule, at);
    }
  }
}
