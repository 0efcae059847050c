package dev.atmd.core.registry;

import dev.atmd.core.registry.LifecycleReport.Signal;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.StatePolicy;
import dev.atmd.core.session.Transition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sessions as they come, change and go, with what that means for their parents and children.
 * Owned by the {@link SessionTable}.
 */
final class Population {
  /** More than any agent runs at once; each change of one is told with the list of all. */
  static final int MAX_CHILDREN = 256;

  final SessionStore sessions;
  final EndedSessions ended;
  final SeenEvents seen;
  final Journal journal;
  final Texts texts;
  final Family family;
  final Identity identity;
  final SessionUpdater updater;
  private final RegistryLimits limits;

  /** The time of the command being applied. */
  private Instant now = Instant.EPOCH;

  Population(RegistryLimits limits, ProcessTable processes) {
    this.limits = limits;
    this.journal = new Journal(limits);
    this.ended = new EndedSessions(journal);
    this.seen = new SeenEvents(limits.rememberedEvents(), journal);
    this.texts = new Texts(limits.textsBytes());
    this.sessions = new SessionStore(limits.resumableEvents(), ended, texts, journal);
    this.updater = new SessionUpdater(limits.promptChars());
    this.family = new Family(sessions, processes);
    this.identity = new Identity(sessions, processes, this::remove);
  }

  /** A command begins. */
  void beginCommand(Instant time) {
    now = time;
    journal.beginCommand(time);
    ended.now(time);
  }

  Instant now() {
    return now;
  }

  /** Whether a session may be added; the most silent one may have to go for it. */
  boolean hasRoom() {
    if (sessions.size() < limits.sessions()) {
      return true;
    }
    var silent = sessions.mostSilent();
    if (silent != null && isSilentFor(silent, limits.evictable())) {
      remove(silent, RemovalReason.EVICTED, null);
      return true;
    }
    return false;
  }

  boolean isSilentFor(Tracked tracked, Duration silence) {
    return !tracked.session.lastActivity().plus(silence).isAfter(now);
  }

  /** A new session, which may turn out to be a subagent that was announced. */
  void add(Tracked tracked) {
    var adoption = family.adopt(tracked, now);
    if (adoption == null) {
      var parent = tracked.session.links().parent();
      sessions.register(tracked, parent == null ? null : sessions.byId(parent));
    } else {
      adopt(tracked, adoption);
    }
    gather(tracked);
  }

  /** Takes the place of the session that stood for it, if that one has done nothing. */
  private void adopt(Tracked tracked, Family.Adoption adoption) {
    var standIn = sessions.byId(adoption.announcedAs());
    if (standIn != null && standIn.session.lastActivity().equals(standIn.session.startedAt())) {
      remove(standIn, RemovalReason.RENAMED, tracked.session.id());
    }
    sessions.register(tracked, adoption.parent());
  }

  /** A new subagent inside its parent's process. */
  void add(Tracked child, Tracked parent) {
    sessions.register(child, parent);
  }

  /** A session turns out to have been started by another one, which may not be known yet. */
  void link(Tracked child, SessionId parentId) {
    var parent = sessions.byId(parentId);
    family.enroll(child, parentId, parent);
    if (!parentId.equals(child.session.links().parent())) {
      link(child, parentId, parent);
    }
  }

  private void link(Tracked child, SessionId parentId, @Nullable Tracked parent) {
    if (parent == null || parent.session.links().children().size() < MAX_CHILDREN) {
      sessions.link(child, parentId);
      var question = child.activity.newestQuestion();
      showInParent(child, question, child.session.evidence().signal(), now);
    }
  }

  /** Those who named it as their parent before anybody had heard of it are its children now. */
  private void gather(Tracked parent) {
    var id = parent.session.id();
    for (var orphan : family.orphansOf(id)) {
      family.enroll(orphan, id, parent);
      link(orphan, id, parent);
    }
  }

  /** The session is gone, and with it the subagents inside it. */
  void remove(Tracked tracked, RemovalReason reason, @Nullable SessionId successor) {
    family.of(tracked).forEach(child -> remove(child, reason, null));
    var id = tracked.session.id();
    family.forget(id);
    if (isOver(reason)) {
      ended.add(id, reason, lastSeen(tracked, reason));
    }
    sessions.remove(tracked, reason, successor);
    showInParent(tracked, null, "end of a subagent", now);
  }

  /** A process may have died, and its session been resumed elsewhere, before that was noticed. */
  private Instant lastSeen(Tracked tracked, RemovalReason reason) {
    return reason == RemovalReason.PROCESS_DIED ? tracked.session.lastActivity() : now;
  }

  /** What was merely forgotten may come back by any sign of life. */
  private static boolean isOver(RemovalReason reason) {
    return switch (reason) {
      case ENDED, PROCESS_DIED, REPLACED -> true;
      case RENAMED, EXPIRED, EVICTED -> false;
    };
  }

  /** All that an earlier run has kept; who has died since is gone. */
  void restore(Memory memory) {
    memory.ended().forEach(ended::restore);
    memory.seenEvents().forEach(seen::restore);
    var restored = memory.sessions().stream().map(Tracked::new).toList();
    sessions.restore(restored);
    for (var i = 0; i < restored.size(); i++) {
      family.restore(restored.get(i), memory.sessions().get(i).inside());
    }
    for (var tracked : restored) {
      if (isKnown(tracked) && identity.hasDied(tracked)) {
        remove(tracked, RemovalReason.PROCESS_DIED, null);
      }
    }
  }

  /** What is to be written down to be able to restore this session. */
  KeptSession kept(Tracked tracked) {
    return tracked.kept(family.membership(tracked.session.id()));
  }

  /** Tells of a changed session whose state stays. */
  void update(Tracked tracked, Session changed) {
    sessions.update(tracked, changed);
  }

  /** Tells of a session after an event of it; a new one is told of as it has become. */
  void settle(Tracked tracked, Session changed, Signal signal, @Nullable Rule rule, Instant at) {
    var evidence =
        rule == null ? changed.evidence() : new Evidence(at, signal.name(), signal.tier(), rule);
    if (isKnown(tracked)) {
      decide(tracked, changed, evidence);
    } else {
      tracked.session = decided(tracked, changed, evidence).draft().evidence(evidence).done();
      tracked.beginWith(new Transition(tracked.session.state(), evidence));
      add(tracked);
    }
  }

  /** Whether it has been told of. */
  boolean isKnown(Tracked tracked) {
    return sessions.byId(tracked.session.id()) == tracked;
  }

  /** Tells of a changed session whose state follows from its activity, by this evidence. */
  void decide(Tracked tracked, Session changed, Evidence evidence) {
    sessions.update(tracked, decided(tracked, changed, evidence));
    showInParent(tracked, tracked.activity.newestQuestion(), evidence.signal(), evidence.at());
  }

  /** The session with the state that its activity has led to; the change is remembered. */
  Session decided(Tracked tracked, Session changed, Evidence evidence) {
    var before = changed.state();
    var state = StatePolicy.stateOf(tracked.activity, before, evidence.at());
    if (state.equals(before)) {
      return changed;
    }
    if (state.status() != before.status() || state.status().isBlocked()) {
      var transition = new Transition(state, evidence);
      tracked.record(transition);
      if (isKnown(tracked)) {
        journal.changed(tracked.session.id(), transition);
      }
      return changed.draft().state(state).evidence(evidence).done();
    }
    return changed.draft().state(state).done();
  }

  /** A parent waits when one of its subagents does. */
  private void showInParent(Tracked child, @Nullable Question question, String signal, Instant at) {
    var id = child.session.links().parent();
    var parent = id == null ? null : sessions.byId(id);
    if (parent != null && StatePolicy.showQuestion(parent.activity, child.session.id(), question)) {
      var rule = question == null ? Rule.ANSWERED : Rule.CHILD_ASKED;
      decide(
          parent, parent.session, new Evidence(at, signal, child.session.evidence().tier(), rule));
    }
  }
}
