/* What was changed goes to the house as one goes, a pause after the last change. Until it has answered, the change
 * also stands in this browser, and is sent again when the network, or the page, is back. */
import { difference, put } from './history.js';
import { same } from './times.js';

const PAUSE = 250, RETRIES = [1000, 3000, 10000];   // ms
const MOST = 20;   // of what was sent of a line without an answer, this many are known again

export class Saver {
  #url; #key; #store; #fits; #tell; #ask; #known; #cues; #sent = {}; #timer = 0; #sending = null; #failed = 0; #halted = false; #leaving = false;

  /* `tell(state, sentence)`: "kept", "keeping", "away" (no network), "fault", "sign-in", "words-changed"; `ask(theirs)`: lines that were
     changed elsewhere. `known`: what the house holds; `fits` as in history.js. */
  constructor({ url, key, store, fits, known, tell, ask }) {
    this.#url = url; this.#key = key; this.#store = store; this.#fits = fits; this.#tell = tell; this.#ask = ask;
    this.#known = this.#cues = known;
    addEventListener('online', () => this.send());
    addEventListener('beforeunload', () => { this.#leaving = true; });
    addEventListener('pagehide', () => this.send(true));
  }

  /** What the house holds, with what this browser still has to send; lines that differ from both are asked about. */
  open() {
    let left = {};
    try { left = JSON.parse(this.#store.getItem(this.#key)) ?? {}; } catch { /* nothing that can be read */ }
    const strange = {}, mine = {};
    for (const [id, [was, now, sent = []]] of Object.entries(left)) {
      if (!this.#fits(id, now)) continue;   // its words were changed since
      mine[id] = now;
      this.#sent[id] = sent;
      if (![was, now, ...sent].some(value => same(this.#known[id], value))) strange[id] = this.#known[id] ?? null;
    }
    this.#cues = put(this.#known, mine);
    if (Object.keys(strange).length) { this.#halted = true; queueMicrotask(() => this.#ask(strange)); }
    return this.#cues;
  }

  get waiting() { return Object.keys(difference(this.#known, this.#cues)).length; }

  /** What the house holds now of these lines is this; those of them that were as it knew them, `{id: [was, now]}`. */
  heard(theirs, cues) {
    const fresh = Object.entries(difference(this.#known, theirs)).filter(([id, [, now]]) => this.#fits(id, now));
    const mine = fresh.filter(([id, [was]]) => same(cues[id], was));
    this.#known = put(this.#known, Object.fromEntries(fresh.map(([id, [, now]]) => [id, now])));
    return Object.fromEntries(mine);
  }

  /** Have these kept. */
  keep(cues) {
    this.#leaving = false;   // somebody stayed
    this.#cues = cues;
    this.#note();
    clearTimeout(this.#timer);
    if (this.#halted) return;
    if (!this.waiting && !this.#sending) { this.#failed = 0; this.#tell('kept'); return; }
    this.#tell('keeping');
    this.#timer = setTimeout(() => this.send(), PAUSE);
  }

  /** Answer what was asked: these lines stand in the house; what differs from them now is meant to. */
  settle(theirs, cues) {
    this.#known = put(this.#known, theirs);
    this.#halted = false;
    this.#cues = cues;
    this.#note();
    this.send();
  }

  async send(leaving = false) {
    clearTimeout(this.#timer);
    if (this.#sending && !leaving) return this.#sending;
    const changed = difference(this.#known, this.#cues);
    if (!Object.keys(changed).length) { if (!this.#halted) this.#tell('kept'); return null; }
    if (this.#halted) return null;
    const lines = Object.fromEntries(Object.entries(changed).map(([id, [was, now]]) => [id, { was, now }]));
    // Whoever hears no answer does not know whether it was kept: what was sent is known again when it comes back.
    for (const [id, [, now]] of Object.entries(changed)) this.#sent[id] = [...(this.#sent[id] ?? []).slice(-MOST), now];
    this.#note();
    this.#sending = this.#post(lines, changed, leaving).finally(() => { this.#sending = null; });
    await this.#sending;
    if (!this.#failed && !this.#halted) return this.waiting ? this.send() : this.#tell('kept');
    return null;
  }

  async #post(lines, changed, keepalive) {
    let answer, told = {};
    try {
      const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
      answer = await fetch(this.#url, { method: 'POST', headers, body: JSON.stringify({ lines }), keepalive });
    } catch { return this.#later('away'); }
    // Whoever is no longer signed in is sent to the door, which answers with a page.
    if (answer.redirected) return this.#later('sign-in');
    // A page in the place of an answer: of whatever stands between here and the house.
    try { told = await answer.json(); } catch { return this.#later('away'); }
    if (answer.ok) {
      this.#failed = 0;
      this.#known = put(this.#known, Object.fromEntries(Object.entries(changed).map(([id, [, now]]) => [id, now])));
      // The next page may have been drawn before this was kept: it finds it in this browser, and sends it again.
      if (this.#leaving) return null;
      for (const id of Object.keys(changed)) delete this.#sent[id];
      return this.#note();
    }
    if (answer.status === 409 && told.lines) return this.#elsewhere(told.lines);
    if (answer.status >= 500) return this.#later('away');
    this.#failed++;
    return this.#tell('fault', told.title);
  }

  #elsewhere(theirs) {
    if (!Object.entries(theirs).every(([id, there]) => this.#fits(id, there))) { this.#failed++; this.#tell('words-changed'); return; }
    const own = Object.entries(theirs).filter(([id, value]) => this.#sent[id]?.some(sent => same(value, sent)));
    this.#known = put(this.#known, Object.fromEntries(own));
    if (own.length === Object.keys(theirs).length) { this.#failed = 0; return; }
    this.#halted = true;
    this.#ask(Object.fromEntries(Object.entries(theirs).filter(([id]) => !own.some(([one]) => one === id))));
  }

  #later(state) {
    this.#tell(state);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), RETRIES[Math.min(this.#failed++, RETRIES.length - 1)]);
  }

  #note() {
    const left = difference(this.#known, this.#cues);
    for (const id of Object.keys(left)) if (id in this.#sent) left[id] = [...left[id], this.#sent[id]];
    try {
      if (Object.keys(left).length) this.#store.setItem(this.#key, JSON.stringify(left)); else this.#store.removeItem(this.#key);
    } catch { /* no room: the page itself still holds it */ }
  }
}
