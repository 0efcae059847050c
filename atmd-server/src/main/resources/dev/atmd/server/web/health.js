// Whether all that happens arrives.
import { ask } from './ask.js';
import { h } from './dom.js';
import { count, oneLine, span } from './text.js';

const EVERY = 5000;

export class HealthPage {
  #timer = 0;

  constructor() {
    this.body = h('div', {}, h('div', { class: 'skeleton' }), h('div', { class: 'skeleton' }));
    this.element = h(
      'section', { class: 'health' },
      h('h1', {}, 'Health'),
      h('p', { class: 'quiet' }, 'Who reports, and whether anything is lost on the way.'),
      this.body);
    this.load();
  }

  paint() {}

  close() {
    clearTimeout(this.#timer);
    this.#timer = -1;
  }

  async load() {
    const health = await ask('health');
    if (health.readings) this.body.replaceChildren(...report(health));
    else if (!this.body.querySelector('table')) this.body.replaceChildren(h('p', { class: 'quiet' }, health.message));
    if (this.#timer !== -1) this.#timer = setTimeout(() => this.load(), EVERY);
  }
}

function report(health) {
  const all = (name) => health.readings.filter((reading) => reading.name === name);
  const total = (name) => all(name).reduce((sum, reading) => sum + reading.value, 0);
  const now = Date.parse(health.at) / 1000;
  const checks = [
    check('Store', total('atmd.store.trouble') + total('atmd.store.lost') === 0, 'what happens is kept',
      `${count(total('atmd.store.failures'))} failed writes, ${count(total('atmd.store.lost'))} entries lost`),
    check('Spool', total('atmd.spool.dropped') + total('atmd.spool.refused') === 0, `${count(total('atmd.spool.applied'))} events handed over late, none lost`,
      `${count(total('atmd.spool.dropped'))} dropped, ${count(total('atmd.spool.refused'))} refused`),
    check('Subscribers', total('atmd.subscribers.lagged') === 0, `${count(total('atmd.subscribers'))} listen, none fell behind`,
      `${count(total('atmd.subscribers.lagged'))} times one fell behind and got a fresh list`),
    check('Registry', total('atmd.registry.failures') === 0, `${count(total('atmd.registry.sessions'))} sessions, ${count(total('atmd.registry.mailbox'))} commands wait`,
      `${count(total('atmd.registry.failures'))} commands met a bug: see the log`),
    check('Payloads', total('atmd.agent.unknown.events') + total('atmd.agent.unknown.fields') === 0, 'every name is known',
      `${count(total('atmd.agent.unknown.events') + total('atmd.agent.unknown.fields'))} unknown names: a harness may be newer than atmd`),
  ];
  const harnesses = all('atmd.agent.events').sort((a, b) => b.value - a.value);
  const last = new Map(all('atmd.agent.last.event').map((reading) => [reading.harness, reading.value]));
  const strange = [...all('atmd.agent.unknown.events'), ...all('atmd.agent.unknown.fields')];
  return [
    h('ul', { class: 'checks' }, checks),
    harnesses.length ? table(harnesses, last, strange, now) : silent(),
    h('p', { class: 'quiet num' },
      `Daemon: ${(total('atmd.memory.resident.bytes') / 1048576).toFixed(0)} MiB, ${count(total('atmd.connections'))} connections, `
      + `${count(total('atmd.web.streams'))} dashboards. ${health.redacted ? 'Redacted: no prompts, paths, commands and questions are shown.' : ''}`),
  ];
}

function check(name, isWell, well, ill) {
  return h(
    'li', { class: 'check', 'data-well': String(isWell) },
    h('span', { class: 'check-mark', 'aria-hidden': 'true' }),
    h('strong', {}, name), h('span', {}, isWell ? well : ill),
    h('span', { class: 'unseen' }, isWell ? 'is well' : 'needs a look'));
}

function table(harnesses, last, strange, now) {
  return h(
    'div', { class: 'panel scrolls', tabindex: '0', role: 'region', 'aria-label': 'Harnesses' },
    h('table', {},
      h('thead', {}, h('tr', {}, ['Harness', 'Reports', 'Last one', 'Unknown names'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, harnesses.map((reading) => {
        const names = strange.filter((one) => one.harness === reading.harness).map((one) => one.what);
        return h('tr', {},
          h('th', { scope: 'row' }, reading.harness),
          h('td', { class: 'num' }, count(reading.value)),
          h('td', { class: 'num' }, last.has(reading.harness) ? span(now - last.get(reading.harness)) + ' ago' : ''),
          h('td', {}, oneLine(names.join(', '), 120)));
      }))));
}

function silent() {
  return h('div', { class: 'empty' }, h('h2', {}, 'Nobody has reported'),
    h('p', {}, 'No harness has sent anything since the daemon started.'), h('pre', {}, 'atm doctor'));
}

