package dev.atmd.core.registry;

import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionRaised;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.LifecycleEvent.TurnEnded;
import dev.atmd.core.session.LifecycleEvent.TurnFailed;
import dev.atmd.core.session.LifecycleEvent.TurnInterrupted;
import dev.atmd.core.session.LifecycleEvent.WorkSeen;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionId.Asker;
import dev.atmd.core.session.StatePolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an event does to the sessions (docs/decisions/0011). Owned by the {@link SessionTable}. */
final class Lifecycles {
  /** The outcome when there is no room for the session that an event begins. */
  enum Result {
    DONE,
    FULL
  }

  /** How old a report is that was not sent just now. */
  private static final Duration HISTORY = Duration.ofMinutes(1);

  private final Population population;
  private final SessionStore sessions;
  private final Identity identity;
  private final Subagents subagents;

  Lifecycles(Population population) {
    this.population = population;
    this.sessions = population.sessions;
    this.identity = population.identity;
    this.subagents = new Subagents(population);
  }

  /** {@link IdentityRule#BY_NAME}. */
  Result byName(ApplyLifecycle sent) {
    var happened = addressed(sent);
    if (happened == null) {
      return Result.DONE;
    }
    var report = happened.report();
    var delivery = happened.delivery();
    if (report.agentId() == null && report.event() instanceof SessionEnded) {
      return endByName(report, delivery);
    }
    if (report.details().formerId() != null) {
      rename(report.details().formerId(), report.id());
    }
    var begins = report.agentId() == null && StatePolicy.begins(report.event());
    if (population.ended.isOver(report.id(), begins, delivery.sentAt())) {
      return Result.DONE;
    }
    if (report.event() instanceof SessionStarted) {
      identity.removeIfReplaced(report.pid());
    }
    var found = identity.byName(report.id(), report.pid(), report.harness(), delivery, begins);
    if (found.late() || (found.tracked() == null && isHistory(report, delivery))) {
      return Result.DONE;
    }
    var tracked = found.tracked() == null ? begin(report, found.predecessor()) : found.tracked();
    if (tracked == null) {
      return Result.FULL;
    }
    if (report.agentId() == null) {
      var past = delivery.isBefore(tracked.partedAt);
      apply(tracked, happened);
      linkToParent(tracked, report);
      subagents.follow(tracked, happened, past);
    } else {
      update(tracked, happened);
      applyToSubagent(tracked, report.agentId(), happened);
    }
    return Result.DONE;
  }

  /** Null if nobody waits for the answer that it is. */
  private @Nullable ApplyLifecycle addressed(ApplyLifecycle happened) {
    var report = happened.report();
    if (!(report.id() instanceof Asker(var request))) {
      return happened;
    }
    var pid = report.pid();
    var candidates = pid == null ? sessions.all() : sessions.allByPid(pid);
    for (var tracked : candidates) {
      if (tracked.session.harness() == report.harness() && tracked.activity.hasAsked(request)) {
        return happened.with(report.of(tracked.session.id()));
      }
    }
    return null;
  }

  private Result endByName(LifecycleReport report, Delivery delivery) {
    var tracked = identity.ending(report.id(), report.pid(), report.harness());
    if (tracked == null) {
      if (population.ended.find(report.id()).isEmpty()) {
        population.ended.add(report.id(), RemovalReason.ENDED, population.now());
      }
    } else if (!delivery.isBefore(tracked.begunAt)) {
      population.remove(tracked, RemovalReason.ENDED, null);
      population.ended.add(report.id(), RemovalReason.ENDED, delivery.happenedAt(population.now()));
    }
    return Result.DONE;
  }

  private void rename(SessionId former, SessionId id) {
    var tracked = sessions.byId(former);
    if (tracked != null && sessions.byId(id) == null) {
      sessions.rename(tracked, id);
      population.ended.add(former, RemovalReason.RENAMED, population.now());
    }
  }

  /** What has waited, and tells of a process that is gone meanwhile, begins nothing. */
  private boolean isHistory(LifecycleReport report, Delivery delivery) {
    return report.pid() != null
        && delivery.waited()
        && delivery.isBefore(population.now().minus(HISTORY))
        && identity.stampOf(report.pid()) == null;
  }

  /** Null if there is no room. */
  private @Nullable Tracked begin(LifecycleReport report, @Nullable Tracked predecessor) {
    if (!population.hasRoom()) {
      return null;
    }
    var now = population.now();
    var evidence = new Evidence(now, report.signal().name(), report.signal().tier(), Rule.HEARD_OF);
    var begun = Session.begun(report.id(), report.pid(), report.harness(), evidence, now);
    return new Tracked(
        SessionUpdater.inheriting(begun, predecessor), identity.stampOf(report.pid()));
  }

  private void linkToParent(Tracked tracked, LifecycleReport report) {
    var parent = report.details().parent();
    if (parent != null && !parent.equals(tracked.session.id())) {
      population.link(tracked, parent);
    }
  }

  /** Lets the main agent of a session, which may be a new one, go through an event. */
  private void apply(Tracked tracked, ApplyLifecycle happened) {
    var report = happened.report();
    var at = happened.delivery().happenedAt(population.now());
    var late = happened.delivery().isBefore(tracked.decidedAt);
    var past = happened.delivery().isBefore(tracked.partedAt);
    tracked.reportsEvents = true;
    var changed =
        population.updater.lifecycle(tracked.session, report, happened.place(), population.now());
    var entry = population.journal.of(report.event(), tracked, at);
    var rule = past ? null : rule(tracked, happened, late);
    noteTime(tracked, report.event(), happened.delivery(), at);
    if (!late) {
      subagents.goOnAfter(tracked, happened, at);
    }
    subagents.showQuestions(tracked);
    population.settle(tracked, withLinks(changed, tracked), report.signal(), rule, at);
    population.journal.note(entry);
  }

  private static @Nullable Rule rule(Tracked tracked, ApplyLifecycle happened, boolean late) {
    var event = meaning(tracked, happened);
    if (happened.delivery().identity() == IdentityRule.BY_NAME
        && StatePolicy.isOfThePast(tracked.activity, event)) {
      return null;
    }
    return late
        ? StatePolicy.applyLate(tracked.activity, event)
        : StatePolicy.apply(tracked.activity, event);
  }

  /** Only what senders say of the time is compared with what they say. */
  private static void noteTime(
      Tracked tracked, LifecycleEvent event, Delivery delivery, Instant at) {
    if (delivery.sentAt() == null) {
      return;
    }
    if (StatePolicy.decides(event) && at.isAfter(tracked.decidedAt)) {
      tracked.decidedAt = at;
    }
    if (StatePolicy.parts(event) && at.isAfter(tracked.partedAt)) {
      tracked.partedAt = at;
    }
    if (StatePolicy.begins(event) && at.isAfter(tracked.begunAt)) {
      tracked.begunAt = at;
    }
  }

  /**
   * In protocol 1.0 any word of a subagent is a sign of work, and of what is asked the newest words
   * are shown (atm-behaviour §6).
   */
  private static LifecycleEvent meaning(Tracked tracked, ApplyLifecycle happened) {
    var event = happened.report().event();
    if (happened.delivery().identity() == IdentityRule.BY_NAME) {
      return event;
    }
    return switch (event) {
      case SubagentStarted _, SubagentEnded _ -> new WorkSeen();
      case AttentionRaised(var question) ->
          new AttentionRaised(tracked.activity.aboutWhatIsOpen(question));
      default -> event;
    };
  }

  /** What has become of its subagents meanwhile. */
  private static Session withLinks(Session changed, Tracked tracked) {
    return changed
        .draft()
        .links(tracked.session.links())
        .state(tracked.session.state())
        .evidence(tracked.session.evidence())
        .done();
  }

  /** A sign of life of a subagent says where its parent works, not what it does. */
  private void update(Tracked tracked, ApplyLifecycle happened) {
    var now = population.now();
    var changed =
        population.updater.lifecycle(
            tracked.session, withoutNumbers(happened.report()), happened.place(), now);
    if (population.isKnown(tracked)) {
      population.update(tracked, changed);
    } else {
      tracked.session = changed;
      population.add(tracked);
    }
  }

  private static LifecycleReport withoutNumbers(LifecycleReport report) {
    return new LifecycleReport(
        report.id(),
        report.pid(),
        report.harness(),
        report.pane(),
        report.agentId(),
        new Noticed());
  }

  private void applyToSubagent(Tracked parent, String agentId, ApplyLifecycle happened) {
    switch (happened.report().event()) {
      case TurnEnded _, TurnFailed _, TurnInterrupted _, SessionEnded _ ->
          subagents.end(parent, agentId, happened);
      default -> {
        var child = subagents.of(parent, agentId, happened);
        if (child != null) {
          apply(child, happened);
          subagents.goOn(parent, happened);
        }
      }
    }
  }

  /** {@link IdentityRule#BY_PROCESS}. */
  Result byProcess(ApplyLifecycle happened) {
    var report = happened.report();
    if (report.event() instanceof SessionStarted) {
      identity.removeIfReplaced(report.pid());
    }
    if (report.event() instanceof SessionEnded) {
      endByProcess(report);
      return Result.DONE;
    }
    var known = identity.byProcess(report.id(), report.pid(), false);
    if (known == null && report.pid() == null) {
      return Result.DONE;
    }
    var tracked = known == null ? begin(report, null) : known;
    if (tracked == null) {
      return Result.FULL;
    }
    if (report.agentId() == null) {
      apply(tracked, happened);
    } else {
      applyInside(tracked, report.agentId(), happened);
    }
    subagents.announce(tracked, report);
    return Result.DONE;
  }

  /** R9: whatever the process runs ends, by the name it is known by; no new name comes up. */
  private void endByProcess(LifecycleReport report) {
    var pid = report.pid();
    var isUnknown = sessions.byId(report.id()) == null;
    var tracked =
        isUnknown && pid != null
            ? sessions.byPid(pid)
            : identity.byProcess(report.id(), pid, false);
    if (tracked != null) {
      population.remove(tracked, RemovalReason.ENDED, null);
    }
  }

  /** A subagent that is no session: only what it asks is told apart from what its parent asks. */
  private void applyInside(Tracked tracked, String agentId, ApplyLifecycle happened) {
    var report = happened.report();
    var now = population.now();
    tracked.reportsEvents = true;
    var changed = population.updater.lifecycle(tracked.session, report, happened.place(), now);
    var entry = population.journal.of(report.event(), tracked, now);
    var asker = SessionId.ofSubagent(tracked.session.id(), agentId);
    var rule = StatePolicy.applyInside(tracked.activity, asker, report.event());
    population.settle(tracked, changed, report.signal(), rule, now);
    population.journal.note(entry);
  }
}
