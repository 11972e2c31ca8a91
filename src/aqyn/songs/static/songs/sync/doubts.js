/* Which lines wait for approval, and which of them somebody should hear first: the least sure, that nobody has looked
 * at since they were proposed. What was looked at stays in this browser. */
import { byWord, proposes, provenance } from './times.js';

const DOUBT = 50;   // percent: below that a word is striped; blocks.js

/* How sure a listener would be of the whole line: the mean of its words. */
const mean = words => words.reduce((sum, word) => sum + (provenance(word).sure ?? 100), 0) / words.length;

export class Doubts {
  #song; #key; #store; #looked = new Set();

  constructor(song, key, store) {
    this.#song = song;
    this.#key = key;
    this.#store = store;
    try { this.#looked = new Set(JSON.parse(store.getItem(key)) ?? []); } catch { /* nothing that can be read */ }
  }

  /** The places of all lines that hold a proposed time. */
  waiting(cues) {
    return this.#song.lines.flatMap(({ id }, i) => proposes(cues[id]) ? [i] : []);
  }

  /** Of these the doubtful ones that nobody has looked at, the least sure first. */
  left(cues) {
    const sure = i => mean(cues[this.#song.lines[i].id]);
    return this.waiting(cues).filter(i => this.#doubtful(cues, i)).sort((a, b) => sure(a) - sure(b) || a - b);
  }

  #doubtful(cues, i) {
    const { id } = this.#song.lines[i];
    return !this.#looked.has(id) && byWord(cues[id]) && cues[id].some(word => (provenance(word).sure ?? 100) < DOUBT);
  }

  /** Somebody has looked at line `i`; whether that is new. */
  look(i) {
    const { id } = this.#song.lines[i];
    if (this.#looked.has(id)) return false;
    this.#looked.add(id);
    this.#note();
    return true;
  }

  /** Everything was heard anew. */
  fresh() {
    this.#looked.clear();
    this.#note();
  }

  #note() {
    try { this.#store.setItem(this.#key, JSON.stringify([...this.#looked])); } catch { /* for this page, then */ }
  }
}
