// Puts the page together: which view is shown, and when it is painted.
import { board } from './board.js';
import { ChartsPage } from './charts.js';
import { h, mark, say } from './dom.js';
import { feed } from './feed.js';
import { HealthPage } from './health.js';
import { fillHelp, listen } from './keys.js';
import { Overview } from './overview.js';
import { SessionPage } from './session.js';
import { clock, span } from './text.js';

const main = document.getElementById('main');
const notice = document.getElementById('notice');
const live = document.getElementById('live');
const liveText = document.getElementById('live-text');
const keys = document.getElementById('keys');

const overview = new Overview(open);
let view = null;
let scrolled = 0;

function open(id) {
  location.hash = '#/session/' + encodeURIComponent(id);
}

function route() {
  const [, name, id] = location.hash.match(/^#\/([a-z]*)(?:\/(.*))?$/) ?? [null, '', ''];
  if (view === overview) scrolled = scrollY;
  if (view !== overview) view?.close();
  view = name === 'session' && id ? new SessionPage(decodeURIComponent(id))
    : name === 'charts' ? new ChartsPage()
    : name === 'health' ? new HealthPage()
    : overview;
  const current = view === overview || view instanceof SessionPage ? 'overview' : name;
  for (const link of document.querySelectorAll('.views a')) {
    if (link.dataset.view === current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  main.replaceChildren(view.element);
  paint();
  scrollTo({ top: view === overview ? scrolled : 0 });
}

// However much happens, it is painted once for each frame.
let awaited = false;
function repaint() {
  if (awaited) return;
  awaited = true;
  requestAnimationFrame(() => {
    awaited = false;
    paint();
  });
}

function paint() {
  if (feed.state === 'locked') return;
  view?.paint();
}

function paintFeed() {
  mark(live, 'state', feed.state);
  say(liveText, { live: 'Live', connecting: 'Connecting', lost: 'Reconnecting', locked: 'Locked' }[feed.state]);
  mark(document.body, 'feed', feed.state);
  if (feed.state === 'lost') {
    const left = Math.max(0, Math.ceil((feed.retryAt - Date.now()) / 1000));
    const heard = feed.lastContact
      ? `Last heard of it at ${clock(feed.lastContact)}, ${span((Date.now() - feed.lastContact) / 1000)} ago.`
      : 'It has not been heard of yet.';
    notice.replaceChildren(
      h('span', {}, h('strong', {}, 'The daemon does not answer.'), ` ${heard} Attempt ${feed.attempts}, the next one in ${left}s.`),
      h('button', { type: 'button', class: 'button', onclick: () => feed.retry() }, 'Try now'));
    notice.hidden = false;
  } else {
    notice.hidden = true;
  }
  if (feed.state === 'locked') {
    main.replaceChildren(locked());
  } else if (main.querySelector('.locked')) {
    route();
  }
}

function locked(text) {
  return h(
    'div', { class: 'empty locked' },
    h('h1', {}, 'Not logged in'),
    h('p', {}, text ?? 'This browser has no key to the dashboard. A fresh address comes from the terminal:'),
    h('pre', {}, 'atm web'));
}

/** A token in the address is traded for a cookie, and does not stay in the history. */
async function logIn() {
  const token = location.hash.match(/^#token=([0-9a-f]+)$/)?.[1];
  if (!token) return null;
  history.replaceState(null, '', '/#/');
  const answer = await fetch('/api/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  return answer;
}

/** Begins, logged in if there is a token in the address. */
async function enter() {
  const login = await logIn();
  route();
  if (login?.status === 401) {
    main.replaceChildren(locked((await login.text()).trim() + '.'));
  }
  feed.start();
}

function switchTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
}

function showKeys() {
  keys.showModal();
}

function onList(action) {
  return (isTyping) => view === overview && !isTyping ? action() : false;
}

fillHelp(keys);
document.getElementById('theme').addEventListener('click', switchTheme);
document.getElementById('help').addEventListener('click', showKeys);
addEventListener('hashchange', () => (location.hash.startsWith('#token=') ? enter() : route()));
// Somebody who comes back does not want to wait, and may have logged in elsewhere.
addEventListener('focus', () => feed.retry());
listen({
  j: onList(() => overview.move(1)),
  k: onList(() => overview.move(-1)),
  ArrowDown: onList(() => overview.move(1)),
  ArrowUp: onList(() => overview.move(-1)),
  w: () => {
    if (view !== overview) location.hash = '#/';
    requestAnimationFrame(() => overview.nextWaiting());
  },
  '/': () => {
    if (view !== overview) location.hash = '#/';
    requestAnimationFrame(() => overview.search.focus());
  },
  p: onList(() => overview.toggle()),
  x: onList(() => overview.clearFinished()),
  Enter: (isTyping) => {
    if (isTyping) {
      overview.search.blur();
      overview.move(1);
    } else if (view === overview && overview.selected) open(overview.selected);
    else return false;
    return true;
  },
  Escape: (isTyping) => {
    if (view !== overview) location.hash = '#/';
    else if (overview.search.value) {
      overview.search.value = '';
      overview.paint();
    }
    if (isTyping) overview.search.blur();
  },
  1: () => { location.hash = '#/'; },
  2: () => { location.hash = '#/charts'; },
  3: () => { location.hash = '#/health'; },
  t: switchTheme,
  '?': showKeys,
});

board.changed = repaint;
feed.changed = () => {
  paintFeed();
  repaint();
};
// Ages grow although nothing happens.
setInterval(() => {
  if (document.hidden) return;
  if (feed.state === 'lost') paintFeed();
  if (view === overview) overview.tick();
}, 1000);

await enter();
