// One session: what it does and why, and what has happened in it.
import { board, project, state } from './board.js';
import { h, mark, say, svg } from './dom.js';
import { ago } from './finished.js';
import { detail, end, title } from './list.js';
import { ask } from './ask.js';
import { clock, count, money, neutral, oneLine, since, span } from './text.js';

const WORDS = { attention_needed: 'Waiting for you', done: 'Done', working: 'Working', idle: 'Idle' };
const KINDS = {
  began: 'began', state: 'state', prompt: 'prompt', tool_began: 'tool', tool_done: 'tool done',
  tool_failed: 'tool failed', renamed: 'renamed', ended: 'ended',
};
const STATES = { attention_needed: 'Waiting', working: 'Working', idle: 'Idle' };
const PAUSE = 1000;

export class SessionPage {
  #timer = 0;
  #asked = null;
  #past = [];
  /** What is shown of it if it is over. */
  #over = null;

  constructor(id) {
    this.id = id;
    this.head = h('div', { class: 'session-head' });
    this.ask = h('div', {});
    this.facts = h('dl', { class: 'facts' });
    this.why = h('div', { class: 'panel' }, h('h2', {}, 'Why'), h('div', { class: 'skeleton' }));
    this.strip = h('div', { class: 'strip-holder' });
    this.timeline = h('ol', { class: 'timeline' }, h('li', { class: 'skeleton' }));
    this.element = h(
      'article', { class: 'session' },
      h('a', { class: 'back', href: '#/' }, 'All sessions'),
      this.head, this.ask, this.facts,
      h('div', { class: 'columns' },
        h('section', { class: 'panel', 'aria-label': 'Timeline' }, h('h2', {}, 'Timeline'), this.strip, this.timeline),
        this.why));
    this.#load();
  }

  /** What is known now; what lies behind it is asked for, at most once a second. */
  paint() {
    const session = board.sessions.get(this.id);
    if (session) {
      this.#over = null;
      board.see(session);
      this.#paintHead(session);
    } else if (board.loaded) {
      this.#paintGone();
    }
    const stamp = session ? session.last_activity + session.status : 'over';
    if (stamp !== this.#asked) {
      this.#asked = stamp;
      this.#timer ||= setTimeout(() => {
        this.#timer = 0;
        this.#load();
      }, PAUSE);
    }
  }

  close() {
    clearTimeout(this.#timer);
  }

  #paintHead(session) {
    const what = state(session) === 'done' ? 'idle' : state(session);
    mark(this.head, 'state', what);
    const pill = [h('span', { class: 'glyph', 'aria-hidden': 'true' }), WORDS[what], ' ',
      h('span', { class: 'num' }, since(session.since ?? session.last_activity, Date.now()))];
    this.head.replaceChildren(
      h('p', { class: 'session-where' }, [project(session), session.worktree_branch].filter(Boolean).join(' / ')),
      h('h1', {}, oneLine(title(session), 240)),
      h('p', { class: 'pill', 'data-state': what }, pill));
    this.ask.replaceChildren(...(what === 'attention_needed' ? [question(session)] : []));
    const parent = session.parent_session_id;
    this.facts.replaceChildren(
      ...fact('Now', what === 'working' ? detail(session, what) : null),
      ...fact('Agent', [session.harness, session.model].filter((part) => part && part !== 'Unknown').join(', ')),
      ...fact('Context', session.context_known === false ? null : session.context_display),
      ...fact('Cost', session.cost_known === false ? null : money(session.cost_usd)),
      ...fact('Tokens', tokens(session)),
      ...fact('Lines', session.lines_display === '+0 -0' ? null : session.lines_display),
      ...fact('Directory', session.cwd ?? session.working_directory),
      ...fact('Pane', session.tmux_pane),
      ...fact('Process', session.pid),
      ...fact('Started', clock(session.started_at)),
      ...fact('Subagent of', parent ? link(parent) : null),
      ...fact('Subagents', (session.child_session_ids ?? []).length ? session.child_session_ids.map(link) : null),
      ...fact('Id', session.id));
  }

  #paintGone() {
    const over = board.finished.get(this.id);
    const known = over ? 'finished' : 'gone';
    if (this.#over === known) return;
    this.#over = known;
    if (over) {
      this.#paintOver(over);
      return;
    }
    mark(this.head, 'state', 'idle');
    this.head.replaceChildren(
      h('p', { class: 'session-where' }, 'Over'),
      h('h1', {}, oneLine(this.id, 80)),
      h('p', { class: 'quiet' }, 'This session is not running. What is known of it is below.'));
    this.ask.replaceChildren();
    this.facts.replaceChildren();
  }

  /** What was known of it last; nothing of it changes any more. */
  #paintOver(over) {
    const session = over.session;
    mark(this.head, 'state', 'finished');
    this.head.replaceChildren(
      h('p', { class: 'session-where' }, [project(session), session.worktree_branch].filter(Boolean).join(' / ')),
      h('h1', {}, oneLine(title(session), 240)),
      h('p', { class: 'pill', 'data-state': 'finished' },
        [h('span', { class: 'glyph', 'aria-hidden': 'true' }), 'Finished ', h('span', { class: 'num' }, ago(over.at, Date.now()))]));
    this.ask.replaceChildren();
    this.facts.replaceChildren(
      ...fact('End', end(over)),
      ...fact('Ended', clock(over.at)),
      ...fact('Agent', [session.harness, session.model].filter((part) => part && part !== 'Unknown').join(', ')),
      ...fact('Cost', session.cost_known === false ? null : money(session.cost_usd)),
      ...fact('Directory', session.cwd ?? session.working_directory),
      ...fact('Started', clock(session.started_at)),
      ...fact('Id', session.id));
  }

  async #load() {
    const [why, past] = await Promise.all([
      ask('explain', { session: this.id }),
      ask('history', { session: this.id, limit: 300 }),
    ]);
    this.#paintWhy(why);
    if (past.entries) this.#past = past.entries;
    this.#paintTimeline(past.entries ? null : past.message);
  }

  #paintWhy(why) {
    if (!why.because) {
      this.why.replaceChildren(h('h2', {}, 'Why'), h('p', { class: 'quiet' }, why.message ?? 'Nobody can say.'));
      return;
    }
    const evidence = why.session.evidence;
    const told = [evidence?.signal, evidence?.tier?.replaceAll('_', ' '), evidence && clock(evidence.at)];
    this.why.replaceChildren(
      h('h2', {}, 'Why'),
      h('p', { class: 'because' }, capital(why.because) + '.'),
      h('dl', { class: 'facts narrow' },
        ...fact('Evidence', told.filter(Boolean).join(', ')),
        ...fact('Rule', evidence?.rule),
        ...fact('Changes with', why.changed_by),
        ...fact('Runs', why.running.length ? why.running.map((tool) => h('code', {}, oneLine(tool))) : null),
        ...fact('Waits with', why.open.length
          ? why.open.map((open) => h('span', {}, `${open.reason}: ${oneLine(open.text || open.detail)}`))
          : null)));
  }

  #paintTimeline(problem) {
    if (!this.#past.length) {
      this.timeline.replaceChildren(h('li', { class: 'quiet' }, problem ?? 'Nothing has been written down yet.'));
      return;
    }
    this.strip.replaceChildren(strip(this.#past));
    this.timeline.replaceChildren(...this.#past.toReversed().map((entry) => this.#entry(entry)));
  }

  #entry(entry) {
    const kind = KINDS[entry.kind] ?? entry.kind;
    const words = entry.kind === 'state'
      ? [STATES[entry.status] ?? entry.status, entry.tool].filter(Boolean).join(', ')
      : entry.kind === 'ended' ? entry.status : entry.tool;
    return h(
      'li', { class: 'entry', 'data-kind': entry.kind, 'data-state': entry.status },
      h('time', { class: 'num', datetime: entry.at }, clock(entry.at)),
      h('div', {},
        h('span', { class: 'entry-kind' }, kind), ' ',
        words ? h('strong', {}, oneLine(words, 120)) : null,
        entry.session !== this.id ? h('span', { class: 'quiet' }, ' subagent ' + oneLine(entry.session.slice(this.id.length + 1), 20)) : null,
        entry.text ? h('p', { class: 'entry-text' }, neutral(entry.text).slice(0, 1200)) : null,
        entry.signal ? h('p', { class: 'quiet' }, [entry.signal, entry.rule].filter(Boolean).join(', rule ')) : null));
  }
}

function question(session) {
  return h(
    'section', { class: 'question', 'aria-label': 'What it asks' },
    h('h2', {}, session.reason ? `It asks: ${session.reason}` : 'It asks'),
    h('p', { class: 'question-text' }, neutral(session.question || session.activity_detail || 'It does not say what.')),
    h('p', { class: 'quiet' }, session.tmux_pane ? `Answer it in tmux pane ${session.tmux_pane}.` : 'Answer it in its terminal.'));
}

function tokens(session) {
  const all = (session.total_input_tokens ?? 0) + (session.total_output_tokens ?? 0);
  return all ? `${count(session.total_input_tokens)} in, ${count(session.total_output_tokens)} out` : null;
}

function link(id) {
  return h('a', { href: '#/session/' + encodeURIComponent(id) }, oneLine(id.split('/').pop(), 24));
}

function fact(name, value) {
  if (value === null || value === undefined || value === '') return [];
  return [h('div', {}, h('dt', {}, name), h('dd', {}, value))];
}

function capital(text) {
  const clean = oneLine(text);
  return clean.charAt(0).toUpperCase() + clean.slice(1);
}

/** What it did when, as a band: the states one after the other up to now. */
function strip(entries) {
  const states = entries.filter((entry) => entry.kind === 'state' || entry.kind === 'ended');
  if (!states.length) return '';
  const last = states[states.length - 1];
  // What is late stands where it arrived: no state begins after the one that follows it.
  const times = states.map((entry) => Date.parse(entry.at));
  for (let i = times.length - 2; i >= 0; i--) times[i] = Math.min(times[i], times[i + 1]);
  const from = times[0];
  const to = last.kind === 'ended' ? Date.parse(last.at) : Date.now();
  const width = Math.max(1, to - from);
  const bands = states.flatMap((entry, i) => {
    if (entry.kind === 'ended') return [];
    const x = ((times[i] - from) / width) * 1000;
    const end = i + 1 < states.length ? ((times[i + 1] - from) / width) * 1000 : 1000;
    return [svg('rect', { x, y: 0, width: Math.max(1, end - x), height: 20, 'data-state': entry.status })];
  });
  return h(
    'figure', { class: 'strip' },
    svg('svg', { viewBox: '0 0 1000 20', preserveAspectRatio: 'none', role: 'img',
      'aria-label': `What it did in the last ${span(width / 1000)}` }, bands),
    h('figcaption', { class: 'quiet num' }, h('span', {}, clock(from)), h('span', {}, span(width / 1000)), h('span', {}, clock(to))));
}
