// The first view: who waits, who works, what it costs, and everybody in a list.
import { board, byProject, byState, filter } from './board.js';
import { h, mark, say } from './dom.js';
import { VirtualList } from './list.js';
import { money } from './text.js';

const CARDS = [
  ['attention_needed', 'Waiting', 'is:waiting'],
  ['done', 'Done', 'is:done'],
  ['working', 'Working', 'is:working'],
  ['idle', 'Idle', 'is:idle'],
];

export class Overview {
  #list = new VirtualList();
  #cards = new Map();
  #rows = [];
  #over = [];
  #grouped = localStorage.getItem('group') !== 'state';
  #shown = null;

  constructor(open) {
    this.#list.onopen = open;
    this.search = h('input', {
      type: 'search', id: 'filter', placeholder: 'Filter: words, is:waiting', 'aria-label': 'Filter sessions',
      autocomplete: 'off', spellcheck: 'false', oninput: () => this.paint(),
    });
    this.group = h('button', { type: 'button', class: 'button', id: 'group', onclick: () => this.toggle() });
    this.body = h('div', { class: 'board' });
    this.clear = h(
      'button', { type: 'button', class: 'button', id: 'clear', hidden: true, onclick: () => this.clearFinished() },
      'Clear finished');
    this.element = h(
      'section', { class: 'overview', 'aria-label': 'Sessions' },
      h('h1', { class: 'unseen' }, 'Sessions'),
      h('div', { class: 'cards' }, CARDS.map((card) => this.#card(...card)), this.#card('cost', 'Cost', null)),
      h('div', { class: 'bar' }, this.search, this.group),
      this.body, this.clear);
  }

  #card(key, label, words) {
    const value = h('span', { class: 'card-value num', 'data-value': key }, '\u2007');
    const inside = [h('span', { class: 'card-label' }, label), value];
    this.#cards.set(key, value);
    return words === null
      ? h('div', { class: 'card', 'data-state': key }, inside)
      : h('button', { type: 'button', class: 'card', 'data-state': key, onclick: () => this.only(words) }, inside);
  }

  /** Shows one state, or all again. */
  only(words) {
    this.search.value = this.search.value.trim() === words ? '' : words;
    this.paint();
  }

  toggle() {
    this.#grouped = !this.#grouped;
    localStorage.setItem('group', this.#grouped ? 'project' : 'state');
    this.paint();
  }

  paint() {
    say(this.group, this.#grouped ? 'By project' : 'By state');
    const totals = board.totals();
    for (const [key, value] of this.#cards) {
      say(value, board.loaded ? (key === 'cost' ? money(totals.cost) : totals[key]) : '\u2007');
      mark(value, 'zero', String(totals[key] === 0));
    }
    document.title = totals.attention_needed ? `(${totals.attention_needed}) atmd` : 'atmd';
    const matches = filter(this.search.value);
    this.#rows = board.ordered(matches);
    this.#over = board.over(matches);
    this.clear.hidden = this.#over.length === 0;
    if (!board.loaded) this.#show('loading', skeleton);
    else if (board.sessions.size + board.finished.size === 0) this.#show('empty', nobody);
    else if (this.#rows.length + this.#over.length === 0) this.#show('unmatched', () => unmatched(() => this.only(this.search.value.trim())));
    else {
      this.#show('list', () => this.#list.element);
      this.#list.show(this.#groups());
    }
  }

  /** Those that are over stand last, whatever the grouping. */
  #groups() {
    const groups = this.#grouped ? byProject(this.#rows) : [[null, this.#rows.sort(byState)]];
    return this.#over.length ? [...groups, ['Finished', this.#over]] : groups;
  }

  clearFinished() {
    board.finished.clear();
    this.paint();
  }

  #show(what, make) {
    if (this.#shown === what) return;
    this.#shown = what;
    this.body.replaceChildren(make());
  }

  /** The next or the one before; from the first one on if none is selected. */
  move(step) {
    const ids = this.#list.ids;
    if (!ids.length) return;
    const at = ids.indexOf(this.#list.selected);
    const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + step));
    this.#list.select(ids[next]);
  }

  /** The next one that waits after the selected one, round and round. */
  nextWaiting() {
    const ids = this.#list.ids;
    const waits = ids.filter((id) => board.sessions.get(id)?.status === 'attention_needed');
    if (!waits.length) return false;
    const at = ids.indexOf(this.#list.selected);
    this.#list.select(waits.find((id) => ids.indexOf(id) > at) ?? waits[0]);
    return true;
  }

  get selected() {
    return this.#list.selected;
  }

  set selected(id) {
    this.#list.select(id);
  }

  tick() {
    if (board.finished.forget(Date.now())) this.paint();
    else this.#list.paint();
  }
}

function skeleton() {
  return h(
    'div', { class: 'skeletons', 'aria-hidden': 'true' },
    Array.from({ length: 6 }, () => h('div', { class: 'skeleton' })));
}

function nobody() {
  return h(
    'div', { class: 'empty' },
    h('h2', {}, 'No sessions yet'),
    h('p', {}, 'An agent appears here with its first prompt. Connect yours, then start one:'),
    h('pre', {}, 'atm setup'),
    h('p', { class: 'quiet' }, 'If one runs and is not seen, “atm doctor” says why.'));
}

function unmatched(clear) {
  return h(
    'div', { class: 'empty' },
    h('h2', {}, 'Nothing matches'),
    h('p', {}, 'Sessions are there, but none has all these words.'),
    h('button', { type: 'button', class: 'button', onclick: clear }, 'Clear the filter'));
}

