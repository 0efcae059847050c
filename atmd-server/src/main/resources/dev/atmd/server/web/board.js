// All sessions as the page knows them, and in which order they are shown.
import { Finished } from './finished.js';
import { lastName } from './text.js';

const ORDER = { attention_needed: 0, done: 1, working: 2, idle: 3, finished: 4 };

const seen = new Map();

/** What a session is to its user: an idle one whose end nobody has looked at is done. */
export function state(session) {
  if (session.status !== 'idle') return session.status;
  return board.awaited.has(session.id) && seen.get(session.id) !== session.since ? 'done' : 'idle';
}

export function project(session) {
  return lastName(session.project_root ?? session.project ?? session.cwd ?? session.working_directory) || 'elsewhere';
}

class Board {
  sessions = new Map();
  /** Those that are over. */
  finished = new Finished();
  /** Those that have worked while this page was open: their end is news. */
  awaited = new Set();
  epoch = null;
  seq = 0;
  loaded = false;
  changed = () => {};

  take(message) {
    switch (message.type) {
      case 'session_list': {
        const before = this.sessions;
        this.sessions = new Map(message.sessions.map((session) => [session.id, session]));
        this.finished.missing(before, this.sessions);
        // A list says nothing of what has ended before it.
        this.#recall();
        for (const id of this.awaited) if (!this.sessions.has(id)) this.awaited.delete(id);
        message.sessions.forEach((session) => this.#await(session));
        this.loaded = true;
        break;
      }
      case 'session_updated':
        this.finished.lives(message.session.id);
        this.sessions.set(message.session.id, message.session);
        this.#await(message.session);
        break;
      case 'session_removed':
        this.finished.removed(this.sessions.get(message.session_id), message);
        this.sessions.delete(message.session_id);
        if (message.renamed_to && this.awaited.delete(message.session_id)) {
          this.awaited.add(message.renamed_to);
        }
        this.awaited.delete(message.session_id);
        seen.delete(message.session_id);
        break;
      case 'resumed':
        this.loaded = true;
        break;
      default:
        return;
    }
    if (message.epoch) {
      this.epoch = message.epoch;
      this.seq = message.seq;
    }
    this.changed();
  }

  async #recall() {
    if (await this.finished.recall(() => this.sessions)) this.changed();
  }

  #await(session) {
    if (session.status !== 'idle') this.awaited.add(session.id);
  }

  /** Somebody has looked at it. */
  see(session) {
    if (session.status === 'idle' && seen.get(session.id) !== session.since) {
      seen.set(session.id, session.since);
      this.changed();
    }
  }

  totals() {
    const totals = { attention_needed: 0, done: 0, working: 0, idle: 0, cost: 0 };
    for (const session of this.sessions.values()) {
      totals[state(session)]++;
      totals.cost += session.cost_usd ?? 0;
    }
    return totals;
  }

  /** Those that match, the ones that wait first, of each kind the newest first. */
  ordered(matches) {
    const rows = [];
    for (const session of this.sessions.values()) {
      const its = state(session);
      if (matches(session, its)) rows.push({ session, state: its, project: project(session) });
    }
    return rows;
  }

  /** Those that match of the ones that are over, the newest first. */
  over(matches) {
    return this.finished.all
      .filter((over) => matches(over.session, 'finished'))
      .map((over) => ({ session: over.session, state: 'finished', project: project(over.session), over }));
  }
}

export const board = new Board();

export function byState(a, b) {
  return (
    ORDER[a.state] - ORDER[b.state] ||
    compare(newest(a), newest(b)) ||
    compare(a.session.id, b.session.id)
  );
}

/** Of what waits, what has waited longest comes first; of all else, what is newest. */
function newest(row) {
  const at = Date.parse(row.session.since ?? row.session.last_activity) || 0;
  return row.state === 'attention_needed' ? at : -at;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whoever waits on top, whatever the project; the others by project, the busiest state first. */
export function byProject(rows) {
  const waiting = rows.filter((row) => row.state === 'attention_needed').sort(byState);
  const groups = new Map();
  for (const row of rows.filter((row) => row.state !== 'attention_needed').sort(byState)) {
    const group = groups.get(row.project);
    if (group) group.push(row);
    else groups.set(row.project, [row]);
  }
  const projects = [...groups].sort(
    ([nameA, a], [nameB, b]) => ORDER[a[0].state] - ORDER[b[0].state] || compare(nameA, nameB));
  return waiting.length ? [['Waiting for you', waiting], ...projects] : projects;
}

/** Words that must all be somewhere in a session; "is:waiting" and the like ask for a state. */
export function filter(text) {
  const states = { waiting: 'attention_needed', done: 'done', working: 'working', idle: 'idle', finished: 'finished' };
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (session, its) =>
    words.every((word) => {
      if (word.startsWith('is:')) return states[word.slice(3)] === its;
      const fields = [
        session.id, session.harness, session.model, session.status_label, session.activity_detail,
        session.project_root, session.working_directory, session.worktree_branch, session.question,
        session.first_prompt, session.tmux_pane,
      ];
      return fields.some((field) => field && String(field).toLowerCase().includes(word));
    });
}
