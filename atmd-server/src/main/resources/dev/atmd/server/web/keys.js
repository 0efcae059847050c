// What can be done without a mouse.
import { h } from './dom.js';

const KEYS = [
  ['j  k', 'next and previous session'],
  ['Enter', 'open it'],
  ['w', 'next one that waits'],
  ['/', 'filter'],
  ['Esc', 'back, or clear the filter'],
  ['p', 'by project or by state'],
  ['x', 'clear the finished sessions'],
  ['1  2  3', 'sessions, charts, health'],
  ['t', 'light or dark'],
  ['?', 'these keys'],
];

export function fillHelp(dialog) {
  dialog.append(
    h('h2', { id: 'keys-title' }, 'Keys'),
    h('dl', { class: 'key-list' }, KEYS.map(([keys, what]) => h('div', {},
      h('dt', {}, keys.split('  ').map((key) => h('kbd', {}, key))), h('dd', {}, what)))),
    h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => dialog.close() }, 'Close'));
}

/** Calls what belongs to a key, unless somebody types or a modifier is held. */
export function listen(actions) {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const isTyping = event.target.matches('input, textarea, select');
    if (isTyping && event.key !== 'Escape' && event.key !== 'Enter') return;
    if (event.key === 'Enter' && event.target.matches('a, button')) return;
    const action = actions[event.key];
    if (action && action(isTyping) !== false) event.preventDefault();
  });
}
