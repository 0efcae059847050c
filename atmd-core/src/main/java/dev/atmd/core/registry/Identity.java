package dev.atmd.core.registry;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionId.Pending;
import org.jspecify.annotations.Nullable;

/**
 * Finds the session that a report is about, and brings what is known of its name and its process up
 * to date with what the report says. Owned by the {@link SessionTable}.
 */
final class Identity {
  private final SessionStore sessions;
  private final ProcessTable processes;
  private final Removal removal;

  Identity(SessionStore sessions, ProcessTable processes, Removal removal) {
    this.sessions = sessions;
    this.processes = processes;
    this.removal = removal;
  }

  /** How a session is taken away, with all that depends on it. */
  interface Removal {
    void remove(Tracked tracked, RemovalReason reason, @Nullable SessionId successor);
  }

  /**
   * What a name leads to.
   *
   * @param tracked the session; null if there is none yet
   * @param predecessor the session whose place it takes in its process; null if there was none
   * @param late whether the report is older than the conversation that its process has now
   */
  record Found(@Nullable Tracked tracked, @Nullable Tracked predecessor, boolean late) {
    private static final Found NOTHING = new Found(null, null, false);
    private static final Found LATE = new Found(null, null, true);
  }

  /**
   * {@link IdentityRule#BY_NAME}. A session that its living process is known of goes to another one
   * only by what begins something there: anything else is late, or the pid is wrong.
   *
   * @param begins whether the report is such a beginning
   */
  Found byName(
      SessionId id, @Nullable Pid pid, Harness harness, Delivery delivery, boolean begins) {
    var byId = sessions.byId(id);
    if (byId == null) {
      removeIfReplaced(pid);
      return pid == null ? Found.NOTHING : inProcess(pid, id, harness, delivery);
    }
    if (pid == null || pid.equals(byId.session.pid())) {
      return new Found(byId, null, false);
    }
    var isLate = delivery.isBefore(byId.begunAt);
    if (lives(byId) && (isLate || !begins)) {
      return new Found(byId, null, false);
    }
    for (var other : sessions.allByPid(pid)) {
      if (other.session.id() instanceof Pending && isOf(other, harness)) {
        removal.remove(other, RemovalReason.RENAMED, id);
      } else if (isReplacedBy(other, harness)) {
        removal.remove(other, RemovalReason.REPLACED, null);
      }
    }
    return new Found(followProcess(byId, pid), null, false);
  }

  /** What an unknown name means for the sessions of its process. */
  private Found inProcess(Pid pid, SessionId id, Harness harness, Delivery delivery) {
    for (var other : sessions.allByPid(pid)) {
      if (isOf(other, harness)
          && (other.session.id() instanceof Pending || id instanceof Pending)) {
        if (!(id instanceof Pending)) {
          sessions.rename(other, id);
        }
        return new Found(other, null, false);
      }
      if (isReplacedBy(other, harness)) {
        if (delivery.isBefore(other.begunAt)) {
          return Found.LATE;
        }
        removal.remove(other, RemovalReason.REPLACED, null);
        return new Found(null, other, false);
      }
    }
    return Found.NOTHING;
  }

  private static boolean isOf(Tracked tracked, Harness harness) {
    return tracked.session.harness() == harness;
  }

  private static boolean isReplacedBy(Tracked tracked, Harness harness) {
    return isOf(tracked, harness) && !harness.sharesProcess();
  }

  /**
   * {@link IdentityRule#BY_PROCESS}.
   *
   * @param mayRename whether a real id may take the place of another real one
   */
  @Nullable Tracked byProcess(SessionId id, @Nullable Pid pid, boolean mayRename) {
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
    removal.remove(byPid, RemovalReason.RENAMED, id);
    return followProcess(byId, pid);
  }

  /** A known id from another process: it was resumed there, unless only the old one lives. */
  Tracked followProcess(Tracked tracked, Pid pid) {
    var stamp = processes.find(pid).orElse(null);
    if (stamp != null || !lives(tracked)) {
      sessions.move(tracked, pid, stamp);
    }
    return tracked;
  }

  private boolean lives(Tracked tracked) {
    var process = tracked.process;
    return process != null && processes.find(process.pid()).filter(process::equals).isPresent();
  }

  /** Whether its process is known to be gone. */
  boolean hasDied(Tracked tracked) {
    return tracked.process != null && !lives(tracked);
  }

  /** Whoever had this pid under an earlier start time is dead, noticed or not (R13). */
  void removeIfReplaced(@Nullable Pid pid) {
    if (pid == null) {
      return;
    }
    var stamp = stampOf(pid);
    for (var tracked : sessions.allByPid(pid)) {
      if (tracked.process != null && stamp != null && !tracked.process.equals(stamp)) {
        removal.remove(tracked, RemovalReason.PROCESS_DIED, null);
      }
    }
  }

  @Nullable ProcessStamp stampOf(@Nullable Pid pid) {
    return pid == null ? null : processes.find(pid).orElse(null);
  }

  /** The session that an end names: its own, or the nameless one of its process. */
  @Nullable Tracked ending(SessionId id, @Nullable Pid pid, Harness harness) {
    var byId = sessions.byId(id);
    if (byId != null || pid == null) {
      return byId;
    }
    for (var other : sessions.allByPid(pid)) {
      if (isOf(other, harness)
          && (other.session.id() instanceof Pending || id instanceof Pending)) {
        return other;
      }
    }
    return null;
  }
}
