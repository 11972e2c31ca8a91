/* Undo and redo without end. A step says of each line it changed what it was and what it became, so that one can be
 * taken back after a reload, and is left out where somebody else has changed the line since. */
import { same } from './times.js';

const PAUSE = 400;   // ms until the steps are written down in this browser

/** Of each line that differs, `[was, now]`. */
export function difference(before, after) {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...ids].filter(id => before[id] !== after[id] && !same(before[id], after[id]));
  return Object.fromEntries(changed.map(id => [id, [before[id] ?? null, after[id] ?? null]]));
}

/** Cues with these lines put in; null takes a line's times away. */
export function put(cues, lines) {
  const made = { ...cues };
  for (const [id, value] of Object.entries(lines)) if (value) made[id] = value; else delete made[id];
  return made;
}

export class History {
  #key; #store; #fits; #undo = []; #redo = []; #timer = 0;

  /* `fits(id, times)`: whether the song still has such a line, with so many words. */
  constructor(key, store, fits) {
    this.#key = key;
    this.#store = store;
    this.#fits = fits;
    try { [this.#undo, this.#redo] = JSON.parse(store.getItem(key)) ?? [[], []]; } catch { /* of another time: begin anew */ }
    addEventListener('pagehide', () => this.#write());
  }

  /** Whether there is a step to "undo" or to "redo". */
  can(way) { return (way === 'undo' ? this.#undo : this.#redo).length > 0; }

  /** The last step, or undefined. */
  get last() { return this.#undo.at(-1); }

  /** More lines that changed by a step of before, each as it was last; whether that step can still be undone. */
  amend(step, lines) {
    if (!this.#undo.includes(step)) return false;
    for (const [id, [was, now]] of Object.entries(lines)) step.lines[id] = [id in step.lines ? step.lines[id][0] : was, now];
    this.#later();
    return true;
  }

  /** Keep a step: the lines that changed, and what was chosen before and after. */
  did(lines, before, after) {
    this.#undo.push({ lines, before, after });
    this.#redo = [];
    this.#later();
  }

  /** The cues without the last step, and what was chosen then: `{cues, here}`; null where there is none that fits. */
  undo(cues) { return this.#turn(cues, this.#undo, this.#redo, 1, 0, 'before'); }

  redo(cues) { return this.#turn(cues, this.#redo, this.#undo, 0, 1, 'after'); }

  #turn(cues, stack, other, is, becomes, here) {
    for (let step = stack.pop(); step; step = stack.pop()) {
      this.#later();
      const lines = Object.entries(step.lines);
      if (!lines.every(([id, both]) => same(cues[id], both[is]) && this.#fits(id, both[becomes]))) continue;
      other.push(step);
      return { cues: put(cues, Object.fromEntries(lines.map(([id, both]) => [id, both[becomes]]))), here: step[here] };
    }
    return null;
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), PAUSE);
  }

  #write() {
    clearTimeout(this.#timer);
    // A browser keeps some megabytes for a site: past that the oldest half is forgotten with the page.
    for (let undo = this.#undo; ; undo = undo.slice(Math.ceil(undo.length / 2))) {
      try { this.#store.setItem(this.#key, JSON.stringify([undo, this.#redo])); return; } catch { if (!undo.length) return; }
    }
  }
}
