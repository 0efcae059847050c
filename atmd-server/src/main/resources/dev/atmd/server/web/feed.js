// The stream of events: connects, goes on where it was, and says how it stands.
import { board } from './board.js';

/** The daemon says something every five seconds; three times nothing is too little. */
const SILENCE = 16_000;
const LONGEST_PAUSE = 15_000;

class Feed {
  #source = null;
  #attempts = 0;
  #timer = 0;
  #watch = 0;
  state = 'connecting';
  lastContact = 0;
  retryAt = 0;
  changed = () => {};

  start() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const since = board.epoch ? `?since=${encodeURIComponent(board.epoch)}:${board.seq}` : '';
    const source = new EventSource('/api/events' + since);
    this.#source = source;
    source.onopen = () => this.#heard();
    source.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === 'error') {
        // Too many subscribers, or the daemon is about to end: later there may be room.
        this.#lost();
        return;
      }
      this.#heard();
      board.take(message);
    };
    source.onerror = () => this.#lost();
    this.#watchSilence();
  }

  /** At once, if somebody asks for it. */
  retry() {
    if (this.state !== 'live') this.start();
  }

  #heard() {
    this.lastContact = Date.now();
    this.#attempts = 0;
    this.#watchSilence();
    this.#become('live');
  }

  #watchSilence() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), SILENCE);
  }

  async #lost() {
    this.#source?.close();
    clearTimeout(this.#watch);
    clearTimeout(this.#timer);
    const pause = Math.min(LONGEST_PAUSE, 400 * 2 ** this.#attempts++) * (0.7 + 0.3 * Math.random());
    this.retryAt = Date.now() + pause;
    this.#timer = setTimeout(() => this.start(), pause);
    this.#become('lost');
    if (await isLoggedOut()) {
      clearTimeout(this.#timer);
      this.#become('locked');
    }
  }

  #become(state) {
    this.state = state;
    this.changed();
  }

  get attempts() {
    return this.#attempts;
  }
}

async function isLoggedOut() {
  try {
    return (await fetch('/api/health')).status === 401;
  } catch {
    return false;
  }
}

export const feed = new Feed();
