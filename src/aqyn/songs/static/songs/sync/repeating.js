/* A stretch of the sound that is marked, and what is repeated: that stretch, or the chosen line. */
import { lineAt } from './cues.js';
import { endOf, startOf } from './times.js';

const SHORTEST = 50;   // ms: less is no stretch

export class Repeating {
  #desk; marked = null; on = false;

  constructor(desk) { this.#desk = desk; }

  /** Mark the sound from one time to another; what is repeated is that, then. */
  mark(a, b) {
    const start = Math.max(0, Math.min(a, b)), end = Math.min(this.#desk.song.duration, Math.max(a, b));
    this.marked = end - start > SHORTEST ? { start, end } : null;
    this.again();
    this.#desk.scene.invalidate();
  }

  /** Begin to repeat, or end it. */
  turn(on) {
    const stretch = this.marked ?? this.#line();
    this.on = on && Boolean(stretch);
    this.#desk.playing.repeat(this.on ? stretch : null);
    for (const button of this.#desk.querySelectorAll('[data-do=loop]')) button.setAttribute('aria-pressed', this.on);
    if (on && !stretch) this.#desk.tell('not-untimed');
  }

  /** Whoever chooses another line while one repeats repeats that. */
  again() { if (this.on) this.turn(true); }

  /** Nothing marked, nothing repeated. */
  drop() {
    this.marked = null;
    this.turn(false);
    this.#desk.scene.invalidate();
  }

  #line() {
    const { song, cues, here } = this.#desk, line = lineAt(song, cues, here.i);
    return line && { start: startOf(line), end: endOf(line) };
  }
}
