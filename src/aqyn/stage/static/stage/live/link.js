/* The line to the house: positions as they are told, only ever newer ones.
 *
 * A stream that fetch() reads, not an EventSource: that one hides the status of an answer, so a full house, a show that
 * is not there and an evening that has ended could not be told apart without asking twice; it comes back in its own time;
 * and it cannot be told to give up an attempt that hangs.
 *
 * Tells "position" {detail: position}, every other event of the stream under its own name {detail: its JSON}, and
 * "state" {detail: "live" | "lost" | "full" | "unknown" | "end"}.
 */
import { read } from './position.js';

const SILENCE = 5_000;                        // ms: the house says its newest word every 2 s
const DOUBT = 2_500;                          // ms: a silence that is longer than between two words
const PATIENCE = [2_000, 2_000, 3_000, 4_000];      // ms that an attempt may take until its first word
const LEAST = 300, MOST = 1_500, LONGEST = 4_000;   // ms before the next attempt, growing up to the longest
const FULL = 8_000, ENDED = 30_000;           // ms, give or take a half: where there is nothing to be had now
const LOOK = 500;                             // ms between looks whether it has fallen silent

export class Link extends EventTarget {
  #address; #attempt = null; #heard = { mark: -Infinity, date: 0 }; #due = 0; #failed = 0; #next = 0;

  constructor(address) {
    super();
    this.#address = address;
    this.state = '';
    /** The last answer's status, 0 for none. */
    this.status = 0;
    /** The newest position that was told. */
    this.newest = null;
    // A network that came back or changed under an open line leaves that line dead, and nobody says so.
    addEventListener('online', () => this.connect());
    addEventListener('pageshow', event => { if (event.persisted) this.connect(); });
    navigator.connection?.addEventListener?.('change', () => this.#doubt());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#doubt(); });
    setInterval(() => this.#watch(), LOOK);
    this.connect();
  }

  /** ms since the last word. Also by the time of day, since the other clock may stand still while a device sleeps. */
  get silent() { return Math.max(performance.now() - this.#heard.mark, Date.now() - this.#heard.date); }

  /** Connect now, whatever was. */
  connect() {
    clearTimeout(this.#next);
    this.#attempt?.abort();
    this.#open(this.#attempt = new AbortController());
  }

  async #open(attempt) {
    this.#due = performance.now() + PATIENCE[Math.min(this.#failed, PATIENCE.length - 1)];
    this.status = 0;
    try {
      const answer = await fetch(this.#address, { cache: 'no-store', headers: { Accept: 'text/event-stream' }, signal: attempt.signal });
      if (attempt !== this.#attempt) return;
      this.status = answer.status;
      if (answer.status === 200) await this.#listen(answer.body.getReader(), attempt);
    } catch { /* cut off, given up, or no network */ }
    if (attempt !== this.#attempt) return;   // another one has taken its place
    this.#attempt = null;
    this.#again(attempt.signal.aborted);
  }

  async #listen(reader, attempt) {
    const text = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done || attempt !== this.#attempt) return;
      this.#heard = { mark: performance.now(), date: Date.now() };
      this.#due = this.#heard.mark + SILENCE;
      const events = (rest + text.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = events.pop();
      for (const event of events) this.#take(event);
    }
  }

  #take(event) {
    let name = '', data = '';
    for (const line of event.split(/\r?\n/)) {
      if (line.startsWith('event:')) name = line.slice(6).trim();
      if (line.startsWith('data:')) data += line.slice(5);
    }
    const told = !data ? null : name ? parsed(data) : read(data);
    if (!told) return;
    this.#failed = 0;
    this.#say(told.state === 'end' ? 'end' : 'live');
    if (name) this.dispatchEvent(new CustomEvent(name, { detail: told }));
    else if (!(told.number <= this.newest?.number)) {
      this.newest = told;
      this.dispatchEvent(new CustomEvent('position', { detail: told }));
    }
  }

  /* Cut off an attempt that hangs, or a line that has fallen silent. */
  #watch() {
    if (this.#attempt && (performance.now() > this.#due || (this.state === 'live' && this.silent > SILENCE))) this.#attempt.abort();
  }

  /* Rather a new line than a wait for the old one's end. */
  #doubt() {
    if (this.state !== 'live' || this.silent > DOUBT) this.connect();
  }

  #again(hung) {
    const { status } = this, some = 0.5 + Math.random();
    if (status === 204) this.#say('end');
    else if (status >= 400 && status < 500 && status !== 429) this.#say('unknown');
    else if (status === 503 || status === 429) this.#say('full');
    else if (this.state !== 'end') this.#say('lost');
    const wait = this.state === 'end' ? ENDED * some : this.state !== 'lost' ? FULL * some : this.#pause();
    // One that hung has waited already.
    this.#next = setTimeout(() => this.connect(), hung ? 0 : wait);
  }

  #pause() {
    return LEAST + Math.random() * (Math.min(LONGEST, MOST * 1.5 ** this.#failed++) - LEAST);
  }

  #say(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}

function parsed(data) {
  try { return JSON.parse(data); } catch { return null; }
}
