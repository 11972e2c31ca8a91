/* What is sung in a show, and its words. Everything is loaded once and kept; what comes next is fetched ahead, at a time
   of this phone's own, so that a whole hall does not ask at once. */
import { Song } from './song.js';

const AHEAD = 3;                            // songs that are fetched before the hall comes to them
const IDLE = [2_000, 20_000];               // ms to wait before each of them
const TOGETHER = [0, 1_200];                // ms: where the whole hall has the same reason to ask
const OPENED = [0, 4_000];                  // ms: the same, where nothing is to be seen yet
const LATER = [2_000, 5_000];               // ms: once more, where the house itself had not yet taken it in
const RETRY = [800, 3_000];

export class Setlist extends EventTarget {
  #address; #query; #loading = null; #words = new Map(); #texts = new Map(); #here = 0; #fetching = 0;

  /** `show`: its slug. Tells "loaded" each time the list itself was loaded anew. */
  constructor(show, rehearsal = '') {
    super();
    this.#address = `/live/${encodeURIComponent(show)}/`;
    this.#query = rehearsal && `?rehearsal=${encodeURIComponent(rehearsal)}`;
    /** As setlist.json tells it, null until it is there. */
    this.data = null;
  }

  /** The list; asks again and again until there is a network. null where there is no such show. */
  load() {
    if (this.data) return Promise.resolve(this.data);
    return this.#loading ??= this.#load('default').finally(() => { this.#loading = null; });
  }

  /** Load the list anew, once more where it is empty still: the hall has just opened for everyone. */
  async renew() {
    for (const some of [OPENED, LATER]) {
      await wait(between(some));
      await this.#load('no-cache');
      if (this.data?.entries.length) return;
    }
  }

  /** One entry, as the list tells it. */
  entry(id) { return this.data?.entries.find(entry => entry.id === id) ?? null; }

  /** The entry and its song: `{entry, song}`. The list is loaded anew where it does not know the entry or its words yet.
      `song` is null for talk, and for words that nobody may read. */
  async find(id, signal) {
    await this.load();
    for (const some of [TOGETHER, LATER]) if (!this.#told(id)) await this.#anew(id, between(some), signal);
    const entry = this.entry(id);
    return { entry, song: entry?.words ? await this.#song(entry) : null };
  }

  /** A text of the crew's: `{number, text, lang, dir}`, null where it is gone. */
  notice(number) {
    return this.#once(this.#texts, number, () => this.#ask(`${this.#address}notices/${number}.json${this.#query}`));
  }

  /** Fetch the words of the next songs after this entry, of the first ones after 0, one after the other, whenever there is
      time. */
  ahead(id) {
    this.#here = id;
    this.#ahead();
  }

  #ahead() {
    clearTimeout(this.#fetching);
    const entries = this.data?.entries ?? [], here = entries.findIndex(entry => entry.id === this.#here);
    const next = entries.slice(here + 1).filter(entry => entry.words).slice(0, AHEAD).find(entry => !this.#words.has(entry.id));
    if (!next) return;
    this.#fetching = setTimeout(() => idle(() => this.#song(next).then(() => this.#ahead(), () => {})), between(IDLE));
  }

  #told(id) {
    const entry = this.entry(id);
    return Boolean(entry) && (entry.kind !== 'song' || Boolean(entry.words));
  }

  /* Words that are not public may be read once the hall has come to them: the list then tells where. */
  async #anew(id, ms, signal) {
    await wait(ms);
    signal?.throwIfAborted();
    if (!this.#told(id)) await this.#load('no-cache');
  }

  async #load(cache) {
    const data = await this.#ask(`${this.#address}setlist.json${this.#query}`, cache);
    if (data) {
      this.data = data;
      this.dispatchEvent(new Event('loaded'));
    }
    return data;
  }

  #song(entry) {
    return this.#once(this.#words, entry.id, async () => {
      const json = await this.#ask(entry.words);
      return json && new Song(json);
    });
  }

  /* What was asked once is kept; what was not there is forgotten, so that it can be asked again. */
  #once(kept, key, ask) {
    if (!kept.has(key)) kept.set(key, ask().then(value => { if (!value) kept.delete(key); return value; }));
    return kept.get(key);
  }

  /* The JSON at an address, null where there is none. Without a network it waits for one. */
  async #ask(address, cache = 'default') {
    for (;;) {
      try {
        const answer = await fetch(address, { cache, credentials: 'omit' });
        if (answer.ok) return await answer.json();
        if (answer.status < 500 && answer.status !== 429) return null;
      } catch { /* no network */ }
      await wait(between(RETRY));
    }
  }
}

function between([least, most]) { return least + Math.random() * (most - least); }

function idle(deed) { (globalThis.requestIdleCallback ?? setTimeout)(deed); }

function wait(ms) { return new Promise(done => { setTimeout(done, ms); }); }
