package dev.atmd.core.registry;

import dev.atmd.core.session.Links;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All sessions, and the one place that changes them: each change is numbered and told as an event,
 * and the sessions that are linked with a changed one stay right. Owned by the {@link
 * SessionTable}.
 */
final class SessionStore {
  private static final Comparator<Session> OLDEST_FIRST =
      Comparator.comparing(Session::startedAt).thenComparing(session -> session.id().value());

  private final SessionIndex sessions = new SessionIndex();

  /** What has happened since it was last taken. */
  private final Changes changes = new Changes();

  private final RecentEvents recent;
  private final EndedSessions ended;
  private final Journal journal;
  private final Texts texts;

  private long seq;
  private @Nullable Snapshot latest;

  /**
   * @param resumableEvents how many events are kept after they have been told
   * @param texts is told what takes how much
   */
  SessionStore(int resumableEvents, EndedSessions ended, Texts texts, Journal journal) {
    this.recent = new RecentEvents(resumableEvents);
    this.ended = ended;
    this.texts = texts;
    this.journal = journal;
  }

  int size() {
    return sessions.size();
  }

  Collection<Tracked> all() {
    return sessions.all();
  }

  @Nullable Tracked byId(SessionId id) {
    return sessions.byId(id);
  }

  @Nullable Tracked byPid(Pid pid) {
    return sessions.byPid(pid);
  }

  /** All sessions that this process runs. */
  List<Tracked> allByPid(Pid pid) {
    return sessions.allByPid(pid);
  }

  /** The session without a process to watch that has said nothing for the longest time. */
  @Nullable Tracked mostSilent() {
    return sessions.mostSilent();
  }

  List<ProcessStamp> processes() {
    return sessions.processes();
  }

  /** The events since this was last asked. */
  List<SessionEvent> takeEvents() {
    var events = changes.take(seq);
    seq += events.size();
    recent.add(events);
    return events;
  }

  /** The events after the one with that number; empty if they are not all known any more. */
  Optional<List<SessionEvent>> eventsAfter(long seq) {
    return recent.after(seq, this.seq);
  }

  /** All sessions now; the same snapshot for all who ask within a second of each other. */
  Snapshot snapshot(Instant now) {
    var known = latest;
    if (known == null || known.seq() != seq || known.takenAt().plusSeconds(1).isBefore(now)) {
      var all = sessions.all().stream().map(tracked -> tracked.session);
      known = new Snapshot(seq, now, all.sorted(OLDEST_FIRST).toList());
      latest = known;
    }
    return known;
  }

  /** The sessions that an earlier run has kept, the oldest first. */
  void restore(List<Tracked> kept) {
    kept.forEach(this::add);
    kept.stream()
        .sorted(Comparator.comparing(tracked -> tracked.session.lastActivity()))
        .forEach(sessions::touched);
  }

  private void add(Tracked tracked) {
    sessions.add(tracked);
    ended.forget(tracked.session.id());
    texts.count(tracked);
    changes.registered(tracked.session);
  }

  /** A new session; {@code parent}, if there is one, gets it as a child. */
  void register(Tracked tracked, @Nullable Tracked parent) {
    add(tracked);
    journal.began(tracked);
    if (parent != null) {
      relink(parent.session.id(), links -> links.withChild(tracked.session.id()));
    }
  }

  /** What is known already is not told again. */
  void update(Tracked tracked, Session changed) {
    journal.touched(tracked);
    if (changed.equals(tracked.session)) {
      texts.count(tracked);
      return;
    }
    var hasSpoken = !changed.lastActivity().equals(tracked.session.lastActivity());
    tracked.session = changed;
    texts.count(tracked);
    if (hasSpoken) {
      sessions.touched(tracked);
    }
    changes.updated(changed);
  }

  /** The session was started by that one. */
  void link(Tracked child, SessionId parent) {
    var links = child.session.links();
    relink(links.parent(), its -> its.withoutChild(child.session.id()));
    child.session = child.session.draft().links(links.withParent(parent)).done();
    journal.touched(child);
    changes.updated(child.session);
    relink(parent, its -> its.withChild(child.session.id()));
  }

  /** The session goes on under another id. */
  void rename(Tracked tracked, SessionId id) {
    var old = tracked.session.id();
    sessions.remove(tracked);
    tracked.session = tracked.session.draft().id(id).done();
    sessions.add(tracked);
    ended.forget(id);
    journal.renamed(old, tracked);
    texts.count(tracked);
    changes.removed(old, RemovalReason.RENAMED, id);
    changes.updated(tracked.session);
    var links = tracked.session.links();
    relink(links.parent(), its -> its.withChildRenamed(old, id));
    links.children().forEach(child -> relink(child, its -> its.withParent(id)));
  }

  /** The session goes on in another process. */
  void move(Tracked tracked, Pid pid, @Nullable ProcessStamp process) {
    sessions.remove(tracked);
    tracked.session = tracked.session.draft().pid(pid).done();
    tracked.process = process;
    sessions.add(tracked);
    journal.touched(tracked);
    changes.updated(tracked.session);
  }

  void remove(Tracked tracked, RemovalReason reason) {
    remove(tracked, reason, null);
  }

  /**
   * The session is gone.
   *
   * @param successor the id under which it goes on, if there is one
   */
  void remove(Tracked tracked, RemovalReason reason, @Nullable SessionId successor) {
    var id = tracked.session.id();
    sessions.remove(tracked);
    journal.gone(tracked, reason, successor);
    texts.forget(tracked);
    changes.removed(id, reason, successor);
    var links = tracked.session.links();
    relink(links.parent(), its -> its.withoutChild(id));
    links.children().forEach(child -> relink(child, its -> its.withParent(null)));
  }

  private void relink(@Nullable SessionId id, UnaryOperator<Links> change) {
    var tracked = id == null ? null : sessions.byId(id);
    if (tracked != null) {
      var session = tracked.session;
      update(tracked, session.draft().links(change.apply(session.links())).done());
    }
  }
}
