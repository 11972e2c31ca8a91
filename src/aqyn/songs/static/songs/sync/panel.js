/* What is chosen, large: the word, its times and syllables, where they come from; the words of its line; what the
 * next tap will do. */
import { text, trust } from './blocks.js';
import { byWord, endOf, provenance, startOf } from './times.js';
import { clockface } from './wave.js';

export class Panel {
  #desk; #say; #parts = {}; #i = -1; #k = -1; #chips = [];

  constructor(desk, say) {
    this.#desk = desk;
    this.#say = say;
    for (const part of desk.querySelectorAll('[data-part]')) this.#parts[part.dataset.part] = part;
    this.#parts.words.addEventListener('click', event => {
      const k = this.#chips.indexOf(event.target.closest('button'));
      if (k >= 0) desk.choose(this.#i, k);
    });
    this.#parts.syllables.addEventListener('click', event => {
      const mark = event.target.closest('button');
      if (mark) desk.choose(desk.here.i, desk.here.k, Number(mark.value));
    });
  }

  draw({ song, cues, here, mode, nudges, history }) {
    const line = song.lines[here.i], times = cues[line.id] ?? null, word = line.words[here.k];
    const cue = !times ? null : byWord(times) ? times[here.k] : times, told = cue && provenance(cue);
    const lines = mode === 'lines', parts = this.#parts;
    parts.word.replaceChildren(text(lines ? line.words.map(one => one.text).join(' ') : word.text, lines ? line : word));
    parts.word.classList.toggle('line', lines);
    const kind = cue && !lines ? trust(told) : this.#worst(times);
    parts.sure.className = `sure ${kind}`;
    parts.sure.textContent = !lines && told && told.sure !== null ? `${told.sure} %` : '';
    parts.about.textContent = this.#about(line, times, cue, here, lines);
    this.#words(line, times, here);
    this.#syllables(byWord(times) ? times[here.k] : null, word, here);
    parts.whom.replaceChildren(text(word.text, word));
    parts.next.textContent = this.#say(lines ? 'tap-line' : 'tap-word', { n: here.i + 1 });
    for (const button of this.#desk.querySelectorAll('button[data-mode]')) button.setAttribute('aria-pressed', button.dataset.mode === mode);
    for (const button of this.#desk.querySelectorAll('[data-nudges]')) button.setAttribute('aria-pressed', button.dataset.nudges === nudges);
    for (const way of ['undo', 'redo']) {
      for (const button of this.#desk.querySelectorAll(`[data-do=${way}]`)) button.ariaDisabled = history.can(way) ? null : 'true';
    }
  }

  #worst(times) {
    const kinds = byWord(times) ? times.map(word => trust(provenance(word))) : times ? [trust(provenance(times))] : [];
    return ['doubt', 'listen', 'unknown', 'sure'].find(kind => kinds.includes(kind)) ?? '';
  }

  #about(line, times, cue, here, whole) {
    const count = this.#desk.song.syllables[whole ? line.count : line.words[here.k].weights.length];
    if (!times) return `${this.#say('line-untimed')} · ${count}`;
    const [start, end] = whole ? [startOf(times), endOf(times)] : cue, { origin } = provenance(cue);
    const span = `\u2068${clockface(start / 1000, 2)} – ${clockface(end / 1000, 2)}\u2069`;
    const told = whole ? [] : [byWord(times) ? '' : this.#say('line-whole'), this.#say(`from-${origin || 'unknown'}`)];
    return [span, count, ...told].filter(Boolean).join(' · ');
  }

  #words(line, times, here) {
    const moved = this.#i !== here.i || this.#k !== here.k;
    this.#k = here.k;
    if (this.#i !== here.i) {
      this.#i = here.i;
      this.#chips = line.words.map(word => {
        const chip = Object.assign(document.createElement('button'), { type: 'button' });
        chip.append(text(word.text, word));
        return chip;
      });
      this.#parts.words.dir = line.dir;
      this.#parts.words.setAttribute('aria-label', this.#say('words-of', { n: here.i + 1 }));
      this.#parts.words.replaceChildren(...this.#chips);
    }
    this.#chips.forEach((chip, k) => {
      const kind = byWord(times) ? trust(provenance(times[k])) : '';
      chip.className = kind;
      chip.tabIndex = k === here.k ? 0 : -1;
      chip.setAttribute('aria-pressed', k === here.k);
    });
    if (moved) this.#reach(this.#chips[here.k]);
  }

  /* Have the chosen word in view where a line has more than there is room for. */
  #reach(chip) {
    const row = this.#parts.words, room = row.getBoundingClientRect(), box = chip.getBoundingClientRect();
    if (box.left < room.left || box.right > room.right) row.scrollLeft += (box.left + box.right - room.left - room.right) / 2;
  }

  #syllables(cue, word, here) {
    const marks = cue?.[2] ?? [], named = word.pieces.length === marks.length;
    const told = marks.map((mark, j) => Object.assign(document.createElement('button'), {
      type: 'button', value: j, className: j === here.j ? 'here' : '', ariaPressed: String(j === here.j),
    }));
    told.forEach((button, j) => {
      const time = Object.assign(document.createElement('small'), { textContent: clockface(marks[j] / 1000, 2) });
      button.append(named ? text(word.pieces[j], word) : String(j + 1), time);
    });
    this.#parts.syllables.dir = word.dir;
    const at = [...this.#parts.syllables.children].indexOf(document.activeElement);
    this.#parts.syllables.replaceChildren(...told);
    if (at >= 0) told[Math.min(at, told.length - 1)]?.focus();
  }

  focus({ k }) { this.#chips[k].focus({ preventScroll: true }); }

  get focused() { return this.#parts.words.contains(document.activeElement); }

  /** The place in the recording, for the eyes. */
  time(ms) {
    const told = clockface(ms / 1000, 1);
    if (this.#parts.at.textContent !== told) this.#parts.at.textContent = told;
  }
}
