/* <aqyn-sync>: the sync desk. It holds the times, what is chosen and how one taps; its parts draw and ask. */
import { hearAgain } from './again.js';
import { ask } from './asking.js';
import { Calibration } from './calibrate.js';
import { lineAt, Refused } from './cues.js';
import { DEEDS } from './deeds.js';
import { Doubts } from './doubts.js';
import { Drag } from './drag.js';
import { hands } from './hands.js';
import { difference, History, put } from './history.js';
import { listen } from './keys.js';
import { Lines } from './lines.js';
import { Listening } from './listening.js';
import { Panel } from './panel.js';
import { Playing } from './playing.js';
import { Repeating } from './repeating.js';
import { Saver } from './save.js';
import { Scene } from './scene.js';
import { Tapping } from './tap.js';
import { Telling } from './telling.js';
import { byWord, fault, fitting, proposes, startOf } from './times.js';

class AqynSync extends HTMLElement {
  here = { i: 0, k: 0, j: -1 }; mode = 'lines'; nudges = 'word'; pressed = -Infinity;
  #parts = {}; #telling;

  connectedCallback() {
    const song = this.song = JSON.parse(document.getElementById('sync-data').textContent), key = `aqyn-sync-${song.recording}`;
    for (const part of this.querySelectorAll('[data-part]')) this.#parts[part.dataset.part] = part;
    this.#telling = new Telling(this, this.#parts);
    const say = (name, values) => this.say(name, values), fits = (id, value) => fitting(song, id, value), store = localStorage;
    this.saver = new Saver({
      url: this.dataset.cues, key, store, fits, known: song.cues,
      tell: (state, sentence) => this.#telling.state(state, sentence), ask: theirs => this.#ask(theirs),
    });
    this.cues = this.saver.open();
    this.history = new History(`${key}-steps`, store, fits);
    this.doubts = new Doubts(song, `${key}-looked`, store);
    this.tapping = new Tapping(store, song.sure.tapped);
    this.playing = new Playing(this.querySelector('audio'), song.duration, ms => this.scene.draw(ms));
    this.repeating = new Repeating(this);
    this.scene = new Scene(this, this.#parts);
    this.panel = new Panel(this, say);
    this.lines = new Lines(song, this.#parts.lines, say, i => this.#take(i));
    this.listening = new Listening(this, this.#parts.ear, song.hearing);
    this.drag = new Drag(this, this.#parts.scope);
    this.calibration = new Calibration(this.querySelector('.calibration'), this.tapping, say, () => this.#measured());
    hands(this, this.#parts);
    listen(this);
    this.#begin();
    this.dataset.ready = '';
  }

  say(name, values) { return this.#telling.say(name, values); }
  tell(name, values) { this.#telling.tell(name, values); }

  /** Do a deed by its name. */
  do(name, event) { DEEDS[name](this, event); }

  /** New cues from `make`, as one step that can be undone, with `here` chosen then; whether it could be done. */
  commit(make, here = this.here) {
    let made;
    try { made = make(); } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.tell(`not-${error.why}`);
      return false;
    }
    const lines = difference(this.cues, made);
    if (Object.keys(lines).length) {
      if (fault(this.song, made) >= 0) { this.tell('not-possible'); return false; }
      this.history.did(lines, this.here, here);
    }
    this.#set(made, here);
    return true;
  }

  /** The house has other times of some lines now: take them where nobody changed them here; it can be undone.
   * `ear`: whether it can hear lines again. */
  receive(theirs, ear) {
    const lines = this.saver.heard(theirs, this.cues), count = Object.keys(lines).length;
    this.song.ear = ear;
    this.doubts.fresh();
    if (count) this.history.did(lines, this.here, this.here);
    this.#set(put(this.cues, Object.fromEntries(Object.entries(lines).map(([id, [, now]]) => [id, now]))), this.here);
    this.tapBy('lines');
    this.tell(!count ? 'heard-nothing' : ear ? 'heard' : 'heard-once', { n: this.doubts.left(this.cues).length });
  }

  /** Hear again what stands in line `i` and beside it, where the house has listened before. */
  hearAgain(i) {
    this.look(i);
    if (!this.song.ear) return;
    hearAgain(this, i, (step, lines, cues) => {
      if (fault(this.song, cues) < 0 && this.history.amend(step, lines)) this.#set(cues, this.here);
    });
  }

  /** Somebody has looked at line `i`. */
  look(i) { if (this.doubts.look(i)) this.listening.draw(); }

  /** One step back or on: "undo", "redo". */
  turn(way) {
    const step = this.history[way](this.cues);
    if (!step) { this.show(); this.tell(`no-${way}`); return; }
    this.#set(step.cues, step.here);
    this.scene.reveal();
    this.tell(`${way}ne`);
  }

  #set(cues, { i, k, j = -1 }) {
    this.cues = cues;
    this.saver.keep(cues);
    this.choose(Math.min(i, this.song.lines.length - 1), k, j, false);
  }

  /** Choose word `k` of line `i`, and its syllable `j` if one is meant; focus that is on a line or word goes along. */
  choose(i, k, j = -1, reveal = true) {
    const { lines, panel } = this, focused = lines.focused ? lines : panel.focused ? panel : null;
    this.here = { i, k: Math.min(k, this.song.lines[i].words.length - 1), j };
    this.show();
    focused?.focus(this.here);
    this.repeating.again();
    if (reveal && !this.playing.running) this.scene.reveal();
  }

  /** Draw all that does not move by itself. */
  show() {
    this.lines.draw(this.cues, this.here.i);
    this.panel.draw(this);
    this.listening.draw();
    this.scene.invalidate();
  }

  focusLine() { this.lines.focus(this.here); }
  focusWord() { this.panel.focus(this.here); }

  /** Go to `ms` in the sound. */
  go(ms) {
    this.scene.view.following = true;
    this.playing.seek(ms);
    if (!this.playing.running) this.scene.view.reveal(ms);
  }

  speed(rate) {
    const { speed } = this.#parts;
    speed.value = Math.round(rate * 100);   // the range keeps it between its ends
    this.playing.rate = speed.value / 100;
    speed.style.setProperty('--at', `${(speed.value - 50) * 2}%`);
    speed.setAttribute('aria-valuetext', `${speed.value}\u00a0%`);
    for (const told of this.querySelectorAll('.speed-now')) told.textContent = `${speed.value}\u00a0%`;
  }

  tapBy(mode) { this.mode = this.dataset.mode = mode; this.show(); }

  nudgeBy(what) { this.nudges = what; this.show(); this.tell(`nudge-${what}`); }

  strike() {
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.#parts.tap.animate([{ filter: 'brightness(1.5)' }, { filter: 'none' }], 180);
  }

  /** Whether there is something that Escape ends. */
  get busy() { return Boolean(this.repeating.marked || this.repeating.on || this.drag.busy || this.hasAttribute('data-panel')); }

  escape() {
    if (this.drag.cancel()) return;
    this.toggleAttribute('data-panel', false);
    this.repeating.drop();
  }

  open(name) {
    this.playing.pause();
    this.querySelector(`.${name}`).showModal();
  }

  togglePanel() {
    const open = this.toggleAttribute('data-panel');
    for (const button of this.querySelectorAll('[data-do=panel]')) button.setAttribute('aria-expanded', open);
  }

  #take(i) {
    this.choose(i, 0);
    this.look(i);
    const line = lineAt(this.song, this.cues, i);
    if (line) this.go(startOf(line));
  }

  #begin() {
    const { lines } = this.song, first = lines.findIndex(({ id }) => !this.cues[id]), whole = lines.findIndex(({ id }) => !byWord(this.cues[id]));
    this.here = { i: Math.max(0, first < 0 ? whole : first), k: 0, j: -1 };
    this.mode = this.dataset.mode = first < 0 && !Object.values(this.cues).some(proposes) ? 'words' : 'lines';
    this.speed(1);
    this.show();
    this.scene.reveal();
    this.#measured();
    this.saver.keep(this.cues);
  }

  #measured() {
    const { measure } = this.tapping;
    this.#parts.delay.textContent = measure ? this.say('delay', measure) : this.say('no-delay');
  }

  async #ask(theirs) {
    this.#telling.state('asked');
    const cues = await ask(this, theirs) ? this.cues : put(this.cues, theirs);
    this.cues = cues;
    this.saver.settle(theirs, cues);
    this.choose(this.here.i, this.here.k);
  }
}
customElements.define('aqyn-sync', AqynSync);
