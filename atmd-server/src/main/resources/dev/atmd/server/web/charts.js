// What sessions cost and how long they waited, from the history.
import { ask } from './ask.js';
import { h, place, svg } from './dom.js';
import { count, lastName, money, oneLine, since, span } from './text.js';

const DAY = 86_400_000;
const DAYS = 14;

export class ChartsPage {
  constructor() {
    this.days = panel('Cost by day');
    this.projects = panel('Cost by project');
    this.models = panel('Cost by model');
    this.waits = panel('Waits for a person');
    this.element = h(
      'section', { class: 'charts' },
      h('h1', {}, 'Cost and waits'),
      h('p', { class: 'quiet' }, `The last ${DAYS} days, in the time zone of the daemon.`),
      h('div', { class: 'panels' }, this.days, this.projects, this.models, this.waits));
    this.load();
  }

  paint() {}

  close() {}

  async load() {
    const from = new Date(Date.now() - DAYS * DAY).toISOString();
    const [days, projects, models, waits] = await Promise.all([
      ask('cost', { by: 'day', from }),
      ask('cost', { by: 'project', from }),
      ask('cost', { by: 'model', from }),
      ask('waits', { from }),
    ]);
    show(this.days, days, () => columns(days.sums));
    show(this.projects, projects, () => bars(projects.sums, (sum) => lastName(sum.key) || 'elsewhere'));
    show(this.models, models, () => bars(models.sums, (sum) => sum.key || 'unknown'));
    show(this.waits, waits, () => waitBars(waits.sessions));
  }
}

function panel(name) {
  return h('section', { class: 'panel', 'aria-label': name }, h('h2', {}, name), h('div', { class: 'panel-body' }, h('div', { class: 'skeleton' })));
}

function show(element, answer, draw) {
  const body = element.querySelector('.panel-body');
  const rows = answer.sums ?? answer.sessions;
  if (!rows) body.replaceChildren(h('p', { class: 'quiet' }, answer.message ?? 'There is no history.'));
  else if (!rows.length) body.replaceChildren(h('p', { class: 'quiet' }, 'Nothing yet: it fills as agents report.'));
  else body.replaceChildren(draw());
}

function columns(sums) {
  const byDay = new Map(sums.map((sum) => [sum.key, sum]));
  const days = [];
  for (let back = DAYS - 1; back >= 0; back--) {
    const day = new Date(Date.now() - back * DAY);
    const key = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    days.push({ key, sum: byDay.get(key) });
  }
  const most = Math.max(...days.map((day) => day.sum?.cost_usd ?? 0), 0.01);
  const width = 40;
  const height = 150;
  const parts = days.flatMap(({ key, sum }, i) => {
    const tall = ((sum?.cost_usd ?? 0) / most) * height;
    const x = i * width;
    return [
      svg('rect', { x: x + 6, y: 24 + height - Math.max(tall, 2), width: width - 12, height: Math.max(tall, 2), rx: 3, class: sum ? 'column' : 'column none' },
        svg('title', {}, `${key}: ${money(sum?.cost_usd)}`)),
      sum ? svg('text', { x: x + width / 2, y: 16 + height - tall, class: 'column-value' }, money(sum.cost_usd)) : null,
      svg('text', { x: x + width / 2, y: height + 44, class: 'column-name' }, key.slice(8)),
    ];
  });
  const total = sums.reduce((all, sum) => all + sum.cost_usd, 0);
  return h(
    'div', {},
    h('p', { class: 'big num' }, money(total)),
    svg('svg', { viewBox: `0 0 ${DAYS * width} ${height + 54}`, class: 'columns-chart', role: 'img', 'aria-label': `Cost by day, ${money(total)} in all` }, parts));
}

function bars(sums, name) {
  const most = Math.max(...sums.map((sum) => sum.cost_usd), 0.000001);
  return h('ul', { class: 'bars' }, sums.slice(0, 12).map((sum) =>
    bar(oneLine(name(sum), 40), money(sum.cost_usd), sum.cost_usd / most,
      `${count(sum.tokens_in)} in, ${count(sum.tokens_out)} out, ${sum.sessions} ${sum.sessions === 1 ? 'session' : 'sessions'}`)));
}

function waitBars(waits) {
  const most = Math.max(...waits.map((wait) => wait.seconds), 1);
  return h('ul', { class: 'bars' }, waits.slice(0, 12).map((wait) => {
    const open = wait.open_since ? `waits now, for ${since(wait.open_since, Date.now())}` : `${wait.questions} ${wait.questions === 1 ? 'question' : 'questions'}`;
    return bar(
      h('a', { href: '#/session/' + encodeURIComponent(wait.session) }, `${lastName(wait.project) || wait.harness} ${oneLine(wait.session, 9)}`),
      span(wait.seconds), wait.seconds / most, open, wait.open_since ? 'wait' : null);
  }));
}

function bar(name, value, part, note, state = null) {
  const fill = h('i', {});
  place(fill, 'width', Math.max(1, part * 100) + '%');
  return h(
    'li', { class: 'bar-row', 'data-bar': state },
    h('span', { class: 'bar-name' }, name), h('span', { class: 'bar-value num' }, value),
    h('span', { class: 'bar-track', 'aria-hidden': 'true' }, fill),
    h('span', { class: 'bar-note quiet' }, note));
}
