// The sessions that are over and still worth a row: few, and not for long. `atm top` has the same.
import { ask } from './ask.js';
import { lastName, span } from './text.js';

/** Who comes back from lunch sees what has ended. */
const MAX_AGE = 3_600_000;
/** A screenful: they must not bury those that live. */
const MAX_COUNT = 20;

/** How a session came to its end: a word, and what follows a colon. */
const ENDINGS = {
  session_ended: ['ended', 'its harness said so'],
  process_died: ['died', 'its process is gone and said nothing'],
  replaced: ['replaced', 'another conversation began in its process'],
  expired: ['expired', 'nothing was heard of it for too long'],
  evicted: ['evicted', 'it was the most silent one when room was needed'],
};
const UNKNOWN = ['gone', 'it went while nobody looked'];

export function ending(reason) {
  return Object.hasOwn(ENDINGS, reason) ? ENDINGS[reason] : UNKNOWN;
}

/** How long ago; for what is over no second matters. */
export function ago(at, now) {
  return now - at < 60_000 ? 'just now' : span((now - at) / 1000) + ' ago';
}

/** How long it lived. */
export function ran(over) {
  const began = Date.parse(over.session.started_at);
  return Number.isNaN(began) ? '' : 'ran ' + span((over.at - began) / 1000);
}

/** A placeholder for a process that had not said its name. */
function isNameless(session) {
  return /^pending-\d+$/.test(session.id);
}

export class Finished {
  #byId = new Map();
  #clearedTo = 0;
  #isAsking = false;

  get(id) {
    return this.#byId.get(id);
  }

  get size() {
    return this.#byId.size;
  }

  /** Those that are over, the newest first. */
  get all() {
    return [...this.#byId.values()].sort((a, b) => b.at - a.at || (a.session.id < b.session.id ? -1 : 1));
  }

  /** A session is gone; what goes on elsewhere, or is part of another, is not over. */
  removed(session, message) {
    if (!session || session.parent_session_id || message.renamed_to || message.reason === 'filtered') return;
    if (message.reason === 'replaced' && isNameless(session)) return;
    this.#put({ session, at: Date.now(), reason: message.reason ?? '' });
  }

  /** A list no longer has some of those there were before. */
  missing(before, sessions) {
    const pids = new Set([...sessions.values()].map((session) => session.pid));
    for (const session of before.values()) {
      const goesOn = isNameless(session) && pids.has(session.pid);
      if (!sessions.has(session.id) && !session.parent_session_id && !goesOn) {
        this.#put({ session, at: Date.now(), reason: '' });
      }
    }
    for (const id of sessions.keys()) this.#byId.delete(id);
  }

  /** It lives, again or still. */
  lives(id) {
    this.#byId.delete(id);
  }

  /** Asks the history for what ended unseen; whether anything came of it. Without one nothing does. */
  async recall(sessions) {
    if (this.#isAsking) return false;
    this.#isAsking = true;
    const from = new Date(Date.now() - MAX_AGE).toISOString();
    const answer = await ask('ended', { from, limit: MAX_COUNT });
    this.#isAsking = false;
    for (const over of answer.sessions ?? []) this.#recalled(over, sessions());
    return (answer.sessions ?? []).length > 0;
  }

  #recalled(over, sessions) {
    const at = Date.parse(over.at);
    const known = this.#byId.get(over.session);
    if (known) {
      if (ending(known.reason) === UNKNOWN) this.#put({ ...known, at, reason: over.reason });
    } else if (!sessions.has(over.session) && at > this.#clearedTo) {
      this.#put({ session: described(over), at, reason: over.reason });
    }
  }

  /** Forgets those that ended too long ago; whether there were any. */
  forget(now) {
    const old = this.all.filter((over) => over.at + MAX_AGE < now);
    for (const over of old) this.#byId.delete(over.session.id);
    return old.length > 0;
  }

  /** Forgets all of them; the history does not bring them back. */
  clear() {
    this.#clearedTo = Math.max(this.#clearedTo, ...this.all.map((over) => over.at));
    this.#byId.clear();
  }

  #put(over) {
    this.#byId.set(over.session.id, over);
    for (const old of this.all.slice(MAX_COUNT)) this.#byId.delete(old.session.id);
  }
}

/** What the history knows of a session, in the words of the stream. */
function described(over) {
  return {
    id: over.session,
    id_short: over.session.slice(0, 8),
    harness: over.harness,
    model: over.model ?? '',
    project: lastName(over.project),
    worktree_branch: over.branch,
    started_at: over.began,
    cost_usd: over.cost_usd ?? 0,
    cost_known: over.cost_usd !== undefined,
    context_known: false,
  };
}
