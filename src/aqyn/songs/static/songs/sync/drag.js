/* Pointers on the timeline: a block is dragged, by its middle, an edge or a syllable's mark; the ruler marks a
 * stretch; elsewhere one goes along the sound, two fingers or Ctrl and the wheel change how large it is. */
import { lineAt } from './cues.js';
import { place } from './placing.js';
import { endOf, startOf } from './times.js';

const EDGE = { mouse: 9, touch: 20, pen: 12 };    // pixels of a block that are its edge
const SLACK = { mouse: 3, touch: 8, pen: 4 };     // pixels before a press becomes a drag

export class Drag {
  #desk; #scope; #held = null; #before = null; #fingers = new Map(); #pinch = null;

  constructor(desk, scope) {
    this.#desk = desk;
    this.#scope = scope;
    scope.addEventListener('pointerdown', event => this.#down(event));
    scope.addEventListener('pointermove', event => this.#move(event));
    scope.addEventListener('pointerup', event => this.#up(event, true));
    scope.addEventListener('pointercancel', event => this.#up(event, false));
    scope.addEventListener('wheel', event => this.#wheel(event), { passive: false });
  }

  /** Whether a word is being dragged. */
  get busy() { return this.#before !== null; }

  /** Give up a drag; whether there was one. */
  cancel() {
    const { busy } = this;
    this.#held = null;
    if (busy) this.#end();
    return busy;
  }

  /* Show the drag as it would be; nothing of it is kept yet. */
  #show({ block, part, grip }, x) {
    const desk = this.#desk;
    this.#before ??= desk.cues;
    desk.cues = place(desk.song, this.#before, block.i, block.k, part, desk.scene.view.ms(x) + grip);
    desk.show();
  }

  /* Back to what was before it; what it came to. */
  #end() {
    const desk = this.#desk, made = desk.cues;
    desk.cues = this.#before;
    this.#before = null;
    desk.show();
    return made;
  }

  /* Where the part that is taken stands now. */
  #stands({ i, k }, part) {
    const line = lineAt(this.#desk.song, this.#desk.cues, i), cue = k < 0 ? [startOf(line), endOf(line)] : line[k];
    return typeof part === 'number' ? cue[2][part] : part === 'end' ? cue[1] : cue[0];
  }

  #x(event) { return event.clientX - this.#scope.getBoundingClientRect().left; }

  #down(event) {
    if (event.button) return;
    this.#scope.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, this.#x(event));
    if (this.#fingers.size === 2) {
      this.cancel();
      this.#pinch = this.#spread();
      return;
    }
    const block = event.target.closest?.('.block'), x = this.#x(event), kind = event.pointerType || 'mouse';
    const held = { id: event.pointerId, x, last: x, kind, moving: false, block: null, ruler: event.offsetY < this.#desk.scene.ruler && !block };
    if (block) {
      Object.assign(held, { block: { i: Number(block.dataset.i), k: Number(block.dataset.k) }, part: this.#part(block, event, kind) });
      this.#desk.choose(held.block.i, Math.max(0, held.block.k), typeof held.part === 'number' ? held.part : -1, false);
      this.#desk.look(held.block.i);
      held.grip = this.#stands(held.block, held.part) - this.#desk.scene.view.ms(x);
    }
    this.#held = held;
  }

  /* What of the block is taken: "start", "end", "word", or a syllable by its number. */
  #part(block, event, kind) {
    const box = block.getBoundingClientRect(), x = event.clientX - box.left, edge = Math.min(EDGE[kind], box.width / 3);
    const marks = [...block.querySelectorAll('.mark')].map(mark => mark.getBoundingClientRect().left - box.left);
    const near = marks.findIndex(mark => Math.abs(mark - x) < edge / 1.5);
    if (x < edge || x > box.width - edge) return x < edge ? 'start' : 'end';
    return near >= 0 && block.classList.contains('here') ? near + 1 : 'word';
  }

  #move(event) {
    if (!this.#fingers.has(event.pointerId)) return;
    const x = this.#x(event), { view } = this.#desk.scene;
    this.#fingers.set(event.pointerId, x);
    if (this.#pinch) {
      const now = this.#spread();
      view.following = false;
      view.zoom(now.apart / this.#pinch.apart, now.middle);
      view.pan(this.#pinch.middle - now.middle);
      this.#pinch = now;
      this.#desk.scene.invalidate();
      return;
    }
    const held = this.#held;
    if (held?.id !== event.pointerId) return;
    if (!held.moving && Math.abs(x - held.x) < SLACK[held.kind]) return;
    held.moving = true;
    if (held.block) this.#show(held, x);
    else if (held.ruler) this.#desk.repeating.mark(view.ms(held.x), view.ms(x));
    else { view.pan(held.last - x); this.#desk.scene.invalidate(); }
    held.last = x;
  }

  #up(event, done) {
    this.#fingers.delete(event.pointerId);
    if (this.#pinch) { if (this.#fingers.size < 2) this.#pinch = null; return; }
    const held = this.#held;
    if (held?.id !== event.pointerId) return;
    if (!done) { this.cancel(); return; }
    this.#held = null;
    if (this.busy) { const made = this.#end(); this.#desk.commit(() => made); }
    else if (!held.moving && !held.block) this.#desk.go(this.#desk.scene.view.ms(held.x));
  }

  #spread() {
    const [a, b] = this.#fingers.values();
    return { apart: Math.max(10, Math.abs(a - b)), middle: (a + b) / 2 };
  }

  #wheel(event) {
    event.preventDefault();
    const { view } = this.#desk.scene, by = event.deltaMode ? 24 : 1;
    if (event.ctrlKey || event.metaKey) view.zoom(Math.exp(-event.deltaY * by / 240), this.#x(event));
    else view.pan((event.deltaX || event.deltaY) * by);
    this.#desk.scene.invalidate();
  }
}
