package dev.atmd.core.registry;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.Outcome.Changed;
import dev.atmd.core.registry.Outcome.Listed;
import dev.atmd.core.registry.Outcome.Missed;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Outcome.Watched;
import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.registry.RegistryCommand.ApplyStatus;
import dev.atmd.core.registry.RegistryCommand.ExpireSilent;
import dev.atmd.core.registry.RegistryCommand.Explain;
import dev.atmd.core.registry.RegistryCommand.ListProcesses;
import dev.atmd.core.registry.RegistryCommand.RegisterProcess;
import dev.atmd.core.registry.RegistryCommand.Relocate;
import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.registry.RegistryCommand.Resume;
import dev.atmd.core.registry.RegistryCommand.TakeChanges;
import dev.atmd.core.registry.RegistryCommand.TakeSnapshot;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionId.Pending;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.StatePolicy;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions and the rules between them (atm-behaviour §7). Pure: time and processes come from
 * outside. Not thread-safe: one owner calls it.
 */
public final class SessionTable {
  private static final String STATUS_LINE = "status line";
  private static final String PROCESS = "process found";

  private final RegistryLimits limits;
  private final Population population;
  private final SessionStore sessions;
  private final Identity identity;
  private final Lifecycles lifecycles;

  public SessionTable(RegistryLimits limits, ProcessTable processes) {
    this.limits = limits;
    this.population = new Population(limits, processes);
    this.sessions = population.sessions;
    this.identity = population.identity;
    this.lifecycles = new Lifecycles(population);
  }

  /** Applies one command completely, or refuses it and changes nothing. */
  public Outcome apply(RegistryCommand command, Instant now) {
    population.beginCommand(now);
    return switch (command) {
      case ApplyStatus status ->
          once(status.delivery(), status.report().id(), () -> applyStatus(status));
      case ApplyLifecycle happened ->
          once(happened.delivery(), happened.report().id(), () -> applyLifecycle(happened));
      case RegisterProcess found -> registerProcess(found);
      case RemoveDead(var dead) -> removeDead(dead);
      case ExpireSilent() -> expireSilent(now);
      case Relocate moved -> relocate(moved);
      case TakeSnapshot() -> new Listed(sessions.snapshot(now));
      case Resume(var seq) -> resume(seq, now);
      case ListProcesses() -> new Watched(sessions.processes());
      case Explain(var id) -> explain(id);
      case TakeChanges(var everything) ->
          new Changed(population.journal.take(everything, population));
    };
  }

  /**
   * Goes on where an earlier run has stopped; before any command. What has died meanwhile is
   * removed.
   */
  public List<SessionEvent> restore(Memory memory, Instant now) {
    population.beginCommand(now);
    population.restore(memory);
    return sessions.takeEvents();
  }

  /** How many sessions there are. */
  public int size() {
    return sessions.size();
  }

  /** What the texts of all sessions take. */
  public long textBytes() {
    return population.texts.bytes();
  }

  /** How many sessions have lost text, or gone, because all of it was too much. */
  public long textsShortened() {
    return population.texts.shortened();
  }

  /** An event's id is its sender's own: another session may use the same. */
  private Outcome once(Delivery delivery, SessionId session, Supplier<Outcome> action) {
    var own = delivery.eventId();
    var id = own == null ? null : Integer.toHexString(session.value().hashCode()) + "/" + own;
    if (id != null && population.seen.contains(id)) {
      return Applied.NOTHING;
    }
    var outcome = action.get();
    if (id != null && outcome instanceof Applied) {
      population.seen.add(id);
    }
    return outcome;
  }

  private Outcome applyStatus(ApplyStatus status) {
    var report = status.report();
    var delivery = status.delivery();
    if (delivery.identity() == IdentityRule.BY_PROCESS) {
      return applyStatus(status, identity.byProcess(report.id(), report.pid(), true), null);
    }
    if (population.ended.isOver(report.id(), false, delivery.sentAt())) {
      return applied();
    }
    var found = identity.byName(report.id(), report.pid(), report.harness(), delivery, false);
    return found.late() ? applied() : applyStatus(status, found.tracked(), found.predecessor());
  }

  private Outcome applyStatus(
      ApplyStatus status, @Nullable Tracked tracked, @Nullable Tracked predecessor) {
    if (tracked == null) {
      return beginByStatus(status, predecessor);
    }
    var now = population.now();
    var changed = population.updater.status(tracked.session, status.report(), status.place(), now);
    var rule = tracked.reportsEvents ? null : StatePolicy.busy(tracked.activity);
    if (rule == null) {
      population.update(tracked, changed);
    } else {
      population.decide(
          tracked, changed, new Evidence(now, STATUS_LINE, SignalTier.STATUS_LINE, rule));
    }
    return applied();
  }

  private Outcome beginByStatus(ApplyStatus status, @Nullable Tracked predecessor) {
    var report = status.report();
    var byName = status.delivery().identity() == IdentityRule.BY_NAME;
    if ((report.pid() == null && !byName) || report.model() == null) {
      return applied();
    }
    if (!population.hasRoom()) {
      return full();
    }
    var now = population.now();
    var evidence = new Evidence(now, STATUS_LINE, SignalTier.STATUS_LINE, Rule.HEARD_OF);
    var begun = Session.begun(report.id(), report.pid(), report.harness(), evidence, now);
    var inherited = SessionUpdater.inheriting(begun, predecessor);
    var session = population.updater.firstStatus(inherited, report, status.place());
    population.add(new Tracked(session, identity.stampOf(report.pid())));
    return applied();
  }

  private Outcome applyLifecycle(ApplyLifecycle happened) {
    var result =
        switch (happened.delivery().identity()) {
          case BY_NAME -> lifecycles.byName(happened);
          case BY_PROCESS -> lifecycles.byProcess(happened);
        };
    return switch (result) {
      case DONE -> applied();
      case FULL -> full();
    };
  }

  private Outcome registerProcess(RegisterProcess found) {
    var id = new Pending(found.pid());
    identity.removeIfReplaced(found.pid());
    var tracked = sessions.byPid(found.pid());
    if (tracked != null) {
      var known = population.updater.discovered(tracked.session, found);
      return known.equals(tracked.session) ? applied() : update(tracked, known);
    }
    var claimed = sessions.byId(id);
    if (claimed != null) {
      var moved = identity.followProcess(claimed, found.pid());
      return update(moved, population.updater.discovered(moved.session, found));
    }
    if (!population.hasRoom()) {
      return full();
    }
    var now = population.now();
    var evidence = new Evidence(now, PROCESS, SignalTier.PROCESS, Rule.FOUND);
    var begun = Session.begun(id, found.pid(), found.harness(), evidence, now);
    var session = population.updater.discovered(begun, found);
    population.add(new Tracked(session, identity.stampOf(found.pid())));
    return applied();
  }

  private Outcome removeDead(List<ProcessStamp> dead) {
    for (var process : dead) {
      for (var tracked : sessions.allByPid(process.pid())) {
        if (process.equals(tracked.process)) {
          population.remove(tracked, RemovalReason.PROCESS_DIED, null);
        }
      }
    }
    return applied();
  }

  private Outcome expireSilent(Instant now) {
    population.family.dropExpired(now);
    population
        .family
        .resting(now)
        .forEach(child -> population.remove(child, RemovalReason.EXPIRED, null));
    var silent = sessions.mostSilent();
    while (silent != null && population.isSilentFor(silent, limits.silence())) {
      population.remove(silent, RemovalReason.EXPIRED, null);
      silent = sessions.mostSilent();
    }
    return applied();
  }

  private Outcome relocate(Relocate moved) {
    var place = new Place(moved.directory(), moved.git());
    for (var tracked : sessions.all()) {
      var old = tracked.session.place();
      if (old != null && old.directory().equals(moved.directory()) && !old.equals(place)) {
        sessions.update(tracked, tracked.session.draft().place(place).done());
      }
    }
    return applied();
  }

  private Outcome resume(long seq, Instant now) {
    return sessions
        .eventsAfter(seq)
        .<Outcome>map(missed -> new Missed(missed, seq + missed.size()))
        .orElseGet(() -> new Listed(sessions.snapshot(now)));
  }

  private Outcome explain(SessionId id) {
    var tracked = sessions.byId(id);
    if (tracked == null) {
      return population
          .ended
          .find(id)
          .<Outcome>map(Outcome.Over::new)
          .orElse(new Outcome.Unknown());
    }
    return new Outcome.Explained(
        new Explanation(
            tracked.session,
            tracked.transitions(),
            tracked.activity.questions(),
            tracked.activity.running(),
            population.now()));
  }

  private Outcome update(Tracked tracked, Session changed) {
    population.update(tracked, changed);
    return applied();
  }

  private Outcome applied() {
    population.texts.relieve(population);
    return new Applied(sessions.takeEvents());
  }

  private Outcome full() {
    return new Refused(new Refusal.Full(limits.sessions()));
  }
}
