package dev.atmd.core.registry;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.Outcome.Listed;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Outcome.Watched;
import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.registry.RegistryCommand.ApplyStatus;
import dev.atmd.core.registry.RegistryCommand.ExpireSilent;
import dev.atmd.core.registry.RegistryCommand.ListProcesses;
import dev.atmd.core.registry.RegistryCommand.RegisterProcess;
import dev.atmd.core.registry.RegistryCommand.Relocate;
import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.registry.RegistryCommand.TakeSnapshot;
import dev.atmd.core.session.AgentType;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionId.Pending;
import dev.atmd.core.session.StatePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions and the rules between them (atm-behaviour §7). Pure: time and processes come from
 * outside. Not thread-safe: one owner calls it.
 */
public final class SessionTable {
  private final RegistryLimits limits;
  private final ProcessTable processes;
  private final SessionStore sessions = new SessionStore();
  private final PendingSubagents subagents = new PendingSubagents();
  private final SeenEvents seen;
  private final SessionUpdater updater;

  public SessionTable(RegistryLimits limits, ProcessTable processes) {
    this.limits = limits;
    this.processes = processes;
    this.seen = new SeenEvents(limits.rememberedEvents());
    this.updater = new SessionUpdater(limits.promptChars());
  }

  /** Applies one command completely, or refuses it and changes nothing. */
  public Outcome apply(RegistryCommand command, Instant now) {
    var _ = sessions.takeEvents(); // What a failed command has left.
    return switch (command) {
      case ApplyStatus status -> once(status.delivery(), () -> applyStatus(status, now));
      case ApplyLifecycle happened ->
          once(happened.delivery(), () -> applyLifecycle(happened, now));
      case RegisterProcess found -> registerProcess(found, now);
      case RemoveDead(var dead) -> removeDead(dead);
      case ExpireSilent() -> expireSilent(now);
      case Relocate moved -> relocate(moved);
      case TakeSnapshot() -> new Listed(sessions.snapshot(now));
      case ListProcesses() -> new Watched(sessions.processes());
    };
  }

  /** How many sessions there are. */
  public int size() {
    return sessions.size();
  }

  private Outcome once(Delivery delivery, Supplier<Outcome> action) {
    var id = delivery.eventId();
    if (id != null && seen.contains(id)) {
      return Applied.NOTHING;
    }
    var outcome = action.get();
    if (id != null && outcome instanceof Applied) {
      seen.add(id);
    }
    return outcome;
  }

  private Outcome applyStatus(ApplyStatus status, Instant now) {
    var report = status.report();
    var tracked = locate(report.id(), report.pid(), true);
    if (tracked == null) {
      var founds = report.pid() != null || status.delivery().foundsWithoutPid();
      if (!founds || report.model() == null) {
        return applied();
      }
      if (!hasRoom(now)) {
        return full();
      }
      var begun = Session.begun(report.id(), report.pid(), report.harness(), now);
      return register(updater.firstStatus(begun, report, status.place()), now);
    }
    return update(
        tracked,
        updater.status(tracked.session, report, status.place(), tracked.reportsEvents, now));
  }

  private Outcome applyLifecycle(ApplyLifecycle happened, Instant now) {
    var report = happened.report();
    if (report.event() instanceof SessionStarted) {
      removeIfReplaced(report.pid());
    }
    if (report.event() instanceof SessionEnded) {
      return end(report);
    }
    var tracked = locate(report.id(), report.pid(), false);
    var outcome =
        tracked == null
            ? applyToNew(happened, now)
            : update(tracked, changed(tracked, happened, now));
    // Only now: what announces a subagent with its first word is not that subagent.
    followSubagents(report, tracked == null ? sessions.byId(report.id()) : tracked, now);
    return outcome;
  }

  /** R9: whatever the process runs ends, by the name it is known by; no new name comes up. */
  private Outcome end(LifecycleReport report) {
    var pid = report.pid();
    var isUnknown = sessions.byId(report.id()) == null;
    var tracked = isUnknown && pid != null ? sessions.byPid(pid) : locate(report.id(), pid, false);
    if (tracked != null) {
      sessions.remove(tracked, RemovalReason.ENDED);
    }
    return applied();
  }

  private Outcome applyToNew(ApplyLifecycle happened, Instant now) {
    var report = happened.report();
    if (report.pid() == null && !happened.delivery().foundsWithoutPid()) {
      return applied();
    }
    if (!hasRoom(now)) {
      return full();
    }
    var begun = Session.begun(report.id(), report.pid(), report.harness(), now);
    var tracked = new Tracked(begun, stampOf(report.pid()));
    tracked.session = changed(tracked, happened, now);
    return register(tracked, now);
  }

  private Session changed(Tracked tracked, ApplyLifecycle happened, Instant now) {
    var sentAt = happened.delivery().sentAt();
    var at = sentAt == null || sentAt.isAfter(now) ? now : sentAt;
    var late = at.isBefore(tracked.decidedAt);
    if (!late && StatePolicy.decides(happened.report().event())) {
      tracked.decidedAt = at;
    }
    tracked.reportsEvents = true;
    return updater.lifecycle(tracked.session, happened.report(), happened.place(), late, at, now);
  }

  private Outcome registerProcess(RegisterProcess found, Instant now) {
    var id = new Pending(found.pid());
    removeIfReplaced(found.pid());
    var tracked = sessions.byPid(found.pid());
    if (tracked != null) {
      var known = updater.discovered(tracked.session, found);
      return known.equals(tracked.session) ? applied() : update(tracked, known);
    }
    var claimed = sessions.byId(id);
    if (claimed != null) {
      var moved = followProcess(claimed, found.pid());
      return update(moved, updater.discovered(moved.session, found));
    }
    if (!hasRoom(now)) {
      return full();
    }
    var begun = Session.begun(id, found.pid(), found.harness(), now);
    return register(updater.discovered(begun, found), now);
  }

  private Outcome removeDead(List<ProcessStamp> dead) {
    for (var process : dead) {
      var tracked = sessions.byPid(process.pid());
      if (tracked != null && process.equals(tracked.process)) {
        sessions.remove(tracked, RemovalReason.PROCESS_DIED);
      }
    }
    return applied();
  }

  private Outcome expireSilent(Instant now) {
    subagents.dropExpired(now);
    var silent = sessions.mostSilent();
    while (silent != null && isSilentFor(silent, limits.silence(), now)) {
      sessions.remove(silent, RemovalReason.EXPIRED);
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

  /**
   * The session that a report is about, brought up to date with what the report says of its
   * identity: the process decides, else the name.
   *
   * @param mayRename whether a real id may take the place of another real one
   */
  private @Nullable Tracked locate(SessionId id, @Nullable Pid pid, boolean mayRename) {
    var byId = sessions.byId(id);
    if (byId == null) {
      removeIfReplaced(pid);
    }
    var byPid = pid == null ? null : sessions.byPid(pid);
    if (pid == null || byPid == byId) {
      return byId;
    }
    if (byPid == null) {
      return byId == null ? null : followProcess(byId, pid);
    }
    var renames = byPid.session.id() instanceof Pending || (mayRename && !(id instanceof Pending));
    if (!renames || id.equals(byPid.session.id())) {
      return byPid;
    }
    if (byId == null) {
      sessions.rename(byPid, id);
      return byPid;
    }
    sessions.remove(byPid, RemovalReason.RENAMED, id);
    return followProcess(byId, pid);
  }

  /** A known id from another process: it was resumed there, unless only the old one lives. */
  private Tracked followProcess(Tracked tracked, Pid pid) {
    var stamp = processes.find(pid).orElse(null);
    var old = tracked.process;
    var oldLives = old != null && processes.find(old.pid()).filter(old::equals).isPresent();
    if (stamp != null || !oldLives) {
      sessions.move(tracked, pid, stamp);
    }
    return tracked;
  }

  /** Whoever had this pid under an earlier start time is dead, noticed or not (R13). */
  private void removeIfReplaced(@Nullable Pid pid) {
    var tracked = pid == null ? null : sessions.byPid(pid);
    if (tracked == null || pid == null) {
      return;
    }
    var stamp = stampOf(pid);
    if (tracked.process != null && stamp != null && !tracked.process.equals(stamp)) {
      sessions.remove(tracked, RemovalReason.PROCESS_DIED);
    }
  }

  private void followSubagents(LifecycleReport report, @Nullable Tracked parent, Instant now) {
    switch (report.event()) {
      case SubagentStarted(var agentId, var role) when agentId != null && parent != null -> {
        if (parent.process != null) {
          subagents.add(
              new PendingSubagents.Announced(
                  agentId,
                  parent.session.id(),
                  parent.process,
                  role == null ? AgentType.MAIN : AgentType.ofRole(role),
                  now));
        }
      }
      case SubagentEnded(var agentId) when agentId != null -> subagents.drop(agentId);
      default -> {}
    }
  }

  private Outcome register(Session session, Instant now) {
    return register(new Tracked(session, stampOf(session.pid())), now);
  }

  private Outcome register(Tracked tracked, Instant now) {
    var parent = adopt(tracked, now);
    sessions.register(tracked, parent);
    return applied();
  }

  /** Makes a new session the subagent that its ancestor announced; answers that ancestor (R14). */
  private @Nullable Tracked adopt(Tracked tracked, Instant now) {
    var pid = tracked.session.pid();
    if (pid == null) {
      return null;
    }
    var announced = subagents.take(pid, processes, now).orElse(null);
    var parent = announced == null ? null : sessions.byPid(announced.parentProcess().pid());
    if (announced == null || parent == null) {
      return null;
    }
    var links = tracked.session.links().withParent(parent.session.id());
    tracked.session = tracked.session.draft().links(links).agentType(announced.type()).done();
    return parent;
  }

  private Outcome update(Tracked tracked, Session changed) {
    sessions.update(tracked, changed);
    return applied();
  }

  private boolean hasRoom(Instant now) {
    if (sessions.size() < limits.sessions()) {
      return true;
    }
    var silent = sessions.mostSilent();
    if (silent != null && isSilentFor(silent, limits.evictable(), now)) {
      sessions.remove(silent, RemovalReason.EVICTED);
      return true;
    }
    return false;
  }

  private static boolean isSilentFor(Tracked tracked, Duration silence, Instant now) {
    return !tracked.session.lastActivity().plus(silence).isAfter(now);
  }

  private @Nullable ProcessStamp stampOf(@Nullable Pid pid) {
    return pid == null ? null : processes.find(pid).orElse(null);
  }

  private Outcome applied() {
    return new Applied(sessions.takeEvents());
  }

  private Outcome full() {
    return new Refused(new Refusal.Full(limits.sessions()));
  }
}
