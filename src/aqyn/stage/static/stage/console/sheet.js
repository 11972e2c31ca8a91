/* The whole song in tonight's order: every section and every line can be gone to with one press. */
import { write } from '../../songs/rows.js';

export class Sheet {
  #desk; #list; #lines = []; #here = null; #held = 0;

  constructor(desk, list) {
    this.#desk = desk;
    this.#list = list;
    list.addEventListener('click', event => {
      const { line, step } = event.target.closest('button')?.dataset ?? {};
      if (step === undefined) return;
      desk.press(line === undefined ? { do: 'section', step: +step } : { do: 'line', line: +line, step: +step });
    });
    // Whoever looks elsewhere in the song is not pulled back at once.
    for (const name of ['wheel', 'touchmove']) list.addEventListener(name, () => { this.#held = performance.now() + 4000; }, { passive: true });
  }

  /** Write `steps` of a song, `[{label, lines}]`, as read in the layer `tag`. */
  write(song, steps, tag) {
    this.#lines = [];
    this.#here = null;
    this.#list.dir = song?.layer(tag)?.dir ?? '';
    this.#list.replaceChildren(...steps.map((one, step) => this.#section(song, one, step, tag)));
  }

  #section(song, { label, lines: numbers }, step, tag) {
    const part = document.createElement('li'), lines = document.createElement('ol');
    const head = Object.assign(document.createElement('button'), { type: 'button', className: 'part', textContent: label });
    head.dataset.step = step;
    head.dir = document.documentElement.dir;
    lines.append(...numbers.map(i => {
      const item = document.createElement('li'), line = song.lines[i];
      const [row] = write(item, song.reading(line, tag) ?? song.reading(line, song.main), null, true);
      Object.assign(row.element.dataset, { step, line: i });
      this.#lines.push({ step, i, item });
      return item;
    }));
    part.append(head, lines);
    return part;
  }

  /** The place of a line among all that are sung tonight, -1 where it is not among them. */
  at(step, i) { return this.#lines.findIndex(line => line.step === step && line.i === i); }

  /** Mark the line that is sung, and keep it in view. */
  show(step, i) {
    const line = this.#lines[this.at(step, i)] ?? null;
    if (line === this.#here) return;
    this.#here?.item.removeAttribute('aria-current');
    this.#here = line;
    if (!line) return;
    line.item.setAttribute('aria-current', 'true');
    if (performance.now() < this.#held) return;
    const room = this.#list.getBoundingClientRect(), box = line.item.getBoundingClientRect();
    this.#list.scrollTo({ top: this.#list.scrollTop + box.top - room.top - room.height * .3, behavior: still.matches ? 'auto' : 'smooth' });
  }
}
const still = matchMedia('(prefers-reduced-motion: reduce)');
