// Texts as they are shown. What sessions say comes from models, web pages and repositories.

// Control characters, changes of direction, invisible ones, and lone halves of pairs.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

// Marks that pile up on one letter reach into the lines above and below.
const HEAPS = /(\p{M}{3})\p{M}+/gu;

/** The text with nothing in it that acts, hides or reaches out; line ends stay. */
export function neutral(value) {
  return String(value ?? '').replace(UNSEEN, '\ufffd').replace(HEAPS, '$1');
}

/** The same on one line, cut where it is longer. */
export function oneLine(value, max = 400) {
  const text = neutral(value).replace(/\s+/g, ' ').trim();
  return text.length <= max ? text : text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '') + '…';
}

export function lastName(path) {
  const parts = String(path ?? '').split('/').filter(Boolean);
  return parts.length ? parts[parts.length - 1] : '';
}

export function money(dollars) {
  const value = Number(dollars) || 0;
  return '$' + (value >= 1000 ? value.toFixed(0) : value.toFixed(2));
}

export function count(value) {
  const number = Number(value) || 0;
  if (number >= 1e9) return (number / 1e9).toFixed(1) + 'G';
  if (number >= 1e6) return (number / 1e6).toFixed(1) + 'M';
  if (number >= 1e4) return (number / 1e3).toFixed(0) + 'K';
  if (number >= 1e3) return (number / 1e3).toFixed(1) + 'K';
  return String(Math.round(number));
}

/** A time span in one or two words of a letter: 45s, 12m, 3h 20m, 2d. */
export function span(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return s + 's';
  if (s < 3600) return Math.floor(s / 60) + 'm';
  if (s < 86400) {
    const minutes = Math.floor(s / 60) % 60;
    return Math.floor(s / 3600) + 'h' + (minutes ? ' ' + minutes + 'm' : '');
  }
  return Math.floor(s / 86400) + 'd';
}

export function since(time, now) {
  const at = Date.parse(time);
  return Number.isNaN(at) ? '' : span((now - at) / 1000);
}

export function clock(time) {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? '' : at.toLocaleTimeString([], { hour12: false });
}
