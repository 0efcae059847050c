// A list of any length of which only what can be seen is in the page. Rows have fixed heights, and
// their elements are used again.
import { h, mark, place, say } from './dom.js';
import { ago, ending, ran } from './finished.js';
import { money, oneLine, since } from './text.js';

const HEADER = 40;
const ROW = 64;
const NARROW_ROW = 88;
const BEYOND = 6;

const LABEL = { attention_needed: 'Waiting', done: 'Done', working: 'Working', idle: 'Idle', finished: 'Finished' };

export class VirtualList {
  #items = [];
  #tops = [];
  #height = 0;
  #pool = new Map();
  #spare = { row: [], header: [] };
  #wide = matchMedia('(min-width: 720px)');
  selected = null;
  onopen = () => {};

  constructor() {
    this.canvas = h('div', { class: 'list-canvas', role: 'presentation' });
    this.element = h(
      'div', { class: 'list', id: 'list', role: 'listbox', tabindex: '0', 'aria-label': 'Sessions' }, this.canvas);
    this.element.addEventListener('click', (event) => {
      const row = event.target.closest('[data-id]');
      if (row) this.onopen(row.dataset.id);
    });
    addEventListener('scroll', () => this.paint(), { passive: true });
    addEventListener('resize', () => this.#layOut());
  }

  /** Groups of rows: [name, [row]]; a null name has no header. */
  show(groups) {
    this.#items = [];
    for (const [name, rows] of groups) {
      if (name !== null) this.#items.push({ key: 'g:' + name, name, count: rows.length });
      for (const row of rows) this.#items.push({ key: row.session.id, row });
    }
    this.#layOut();
  }

  get ids() {
    return this.#items.filter((item) => item.row).map((item) => item.key);
  }

  select(id) {
    this.selected = id;
    const index = this.#items.findIndex((item) => item.key === id);
    if (index >= 0) {
      const top = this.element.offsetTop + this.#tops[index];
      const bottom = top + this.#heightOf(this.#items[index]);
      const bar = document.querySelector('.top').offsetHeight + HEADER;
      if (top < scrollY + bar) scrollTo({ top: Math.max(0, top - bar) });
      else if (bottom > scrollY + innerHeight) scrollTo({ top: bottom - innerHeight + 24 });
    }
    this.paint();
  }

  #heightOf(item) {
    return item.row ? (this.#wide.matches ? ROW : NARROW_ROW) : HEADER;
  }

  #layOut() {
    let top = 0;
    this.#tops = this.#items.map((item) => {
      const mine = top;
      top += this.#heightOf(item);
      return mine;
    });
    this.#height = top;
    place(this.canvas, 'height', top + 'px');
    this.paint();
  }

  /** Fills in what can be seen now. */
  paint() {
    if (!this.element.isConnected) return;
    const from = scrollY - this.element.offsetTop - BEYOND * ROW;
    const to = scrollY + innerHeight - this.element.offsetTop + BEYOND * ROW;
    const wanted = new Map();
    for (let i = this.#firstFrom(from); i < this.#items.length && this.#tops[i] < to; i++) {
      wanted.set(this.#items[i].key, i);
    }
    for (const [key, element] of this.#pool) {
      if (!wanted.has(key)) {
        this.#pool.delete(key);
        place(element, 'display', 'none');
        element.removeAttribute('id');
        this.#spare[element.dataset.kind].push(element);
      }
    }
    const now = Date.now();
    for (const [key, index] of wanted) {
      const item = this.#items[index];
      const kind = item.row ? 'row' : 'header';
      let element = this.#pool.get(key);
      if (!element) {
        element = this.#spare[kind].pop() ?? (item.row ? row() : header());
        if (!element.isConnected) this.canvas.append(element);
        place(element, 'display', '');
        this.#pool.set(key, element);
      }
      place(element, 'transform', `translateY(${this.#tops[index]}px)`);
      if (item.row) this.#fillRow(element, item.row, index, now);
      else fillHeader(element, item);
    }
    const active = this.selected !== null && this.#pool.has(this.selected) ? 'row-' + this.selected : null;
    if (active) this.element.setAttribute('aria-activedescendant', active);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #firstFrom(y) {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tops[middle] + HEADER < y) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  #fillRow(element, { session, state, project, over }, index, now) {
    const part = element.parts;
    mark(element, 'id', session.id);
    mark(element, 'state', state);
    if (element.id !== 'row-' + session.id) element.id = 'row-' + session.id;
    const isSelected = String(session.id === this.selected);
    if (element.getAttribute('aria-selected') !== isSelected) element.setAttribute('aria-selected', isSelected);
    const first = title(session);
    say(part.title, first);
    say(part.state, LABEL[state]);
    say(part.age, over ? ago(over.at, now) : since(session.since ?? session.last_activity, now));
    say(part.detail, over ? end(over) : detail(session, state));
    say(part.project, oneLine(project, 40));
    say(part.branch, oneLine([session.worktree_branch, session.tmux_pane].filter(Boolean).join('  '), 40));
    say(part.agent, oneLine([session.harness, session.model === 'Unknown' ? '' : session.model].filter(Boolean).join('  '), 40));
    say(part.cost, session.cost_known === false ? '' : money(session.cost_usd));
    const used = over || session.context_known === false ? null : Math.round(session.context_percentage);
    say(part.context, used === null ? '' : used + '%');
    place(part.bar, 'width', (used ?? 0) + '%');
    mark(part.meter, 'level', used === null ? 'none' : used >= 90 ? 'high' : used >= 50 ? 'middle' : 'low');
  }
}

export function title(session) {
  return oneLine(session.first_prompt || session.id_short || session.id, 160);
}

/** How it ended, and how long it ran. */
export function end(over) {
  return [ending(over.reason).join(': '), ran(over)].filter(Boolean).join(', ');
}

export function detail(session, state) {
  if (state === 'attention_needed') {
    const plain = [session.reason, session.activity_detail].filter(Boolean).join(': ');
    return oneLine(session.question || plain || session.status_label, 300);
  }
  if (state === 'working') {
    return oneLine([session.activity_detail, session.target].filter(Boolean).join('  '), 300) || 'Working';
  }
  return oneLine(session.activity_detail || '', 300) || (state === 'done' ? 'The turn is over' : 'Nothing to do');
}

function row() {
  const part = {
    title: h('span', { class: 'row-title' }),
    state: h('span', { class: 'row-state' }),
    age: h('span', { class: 'row-age num' }),
    detail: h('span', { class: 'row-detail' }),
    project: h('span', { class: 'row-project' }),
    branch: h('span', { class: 'row-branch' }),
    agent: h('span', { class: 'row-agent' }),
    cost: h('span', { class: 'row-cost num' }),
    context: h('span', { class: 'num' }),
    bar: h('i', {}),
  };
  part.meter = h('span', { class: 'meter', 'aria-hidden': 'true' }, part.bar);
  const element = h(
    'div', { class: 'row', role: 'option', 'data-kind': 'row', 'aria-selected': 'false' },
    h('span', { class: 'row-status' }, h('span', { class: 'glyph', 'aria-hidden': 'true' }), part.state, part.age),
    h('span', { class: 'row-main' }, part.title, part.detail),
    h('span', { class: 'row-place' }, part.project, part.branch, part.agent),
    h('span', { class: 'row-context' }, part.meter, part.context),
    part.cost);
  element.parts = part;
  return element;
}

function header() {
  const name = h('span', { class: 'group-name' });
  const count = h('span', { class: 'group-count num' });
  const element = h('div', { class: 'group', role: 'presentation', 'data-kind': 'header' }, name, count);
  element.parts = { name, count };
  return element;
}

function fillHeader(element, item) {
  say(element.parts.name, item.name);
  say(element.parts.count, item.count);
}
