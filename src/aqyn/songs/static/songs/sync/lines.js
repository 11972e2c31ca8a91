/* The list of lines: where each begins, its words, and a bar for each word that says how sure it is. A line is one
 * button, so that it is read once; one of them is in the order of Tab, the arrows go on from there. */
import { text, trust } from './blocks.js';
import { byWord, proposes, provenance, startOf } from './times.js';
import { clockface } from './wave.js';

export class Lines {
  #list; #say; #rows; #cues = {}; #here = -1; #sung = -1;

  constructor(song, list, say, choose) {
    this.#list = list;
    this.#say = say;
    this.#rows = song.lines.map((line, i) => this.#row(song, line, i));
    list.append(...this.#rows.map(row => row.item));
    list.addEventListener('click', event => {
      const i = this.#rows.findIndex(row => row.button === event.target.closest('button'));
      if (i >= 0) choose(i);
    });
  }

  #row(song, line, i) {
    const item = document.createElement('li'), button = document.createElement('button');
    const cell = name => Object.assign(document.createElement('span'), { className: name });
    const [number, time, said, syllables, bars] = ['number', 'time', 'text', 'syllables', 'trust'].map(cell);
    Object.assign(button, { type: 'button', tabIndex: -1, lang: document.documentElement.lang });
    number.textContent = i + 1;
    said.append(text(line.words.map(word => word.text).join(' '), line));
    syllables.textContent = song.syllables[line.count];
    for (const word of line.words) {
      const bar = document.createElement('i');
      bar.style.flexGrow = word.weights.length;
      bars.append(bar);
    }
    bars.setAttribute('aria-hidden', 'true');
    const state = cell('unseen');
    button.append(number, time, said, syllables, bars, state);
    item.append(button);
    return { line, item, button, time, bars, state };
  }

  /** Show these times, and the line that is chosen. */
  draw(cues, here) {
    this.#rows.forEach((row, i) => {
      const times = cues[row.line.id] ?? null;
      if (times !== (this.#cues[row.line.id] ?? null) || !row.drawn) this.#times(row, times);
      if (i !== here && i !== this.#here) return;
      row.button.tabIndex = i === here ? 0 : -1;
      row.item.classList.toggle('here', i === here);
      if (i === here) row.button.setAttribute('aria-current', 'true'); else row.button.removeAttribute('aria-current');
    });
    if (here !== this.#here) this.#show(here);
    this.#here = here;
    this.#cues = cues;
  }

  #times(row, times) {
    row.drawn = true;
    row.item.classList.toggle('untimed', !times);
    row.time.textContent = times ? clockface(startOf(times) / 1000) : '–';
    const words = byWord(times), proposed = proposes(times);
    row.item.classList.toggle('proposed', proposed);
    const least = proposed ? Math.min(...times.map(word => provenance(word).sure ?? 100)) : 100;
    row.state.textContent = `, ${this.#say(!times ? 'line-untimed' : proposed ? 'line-proposed' : words ? 'line-words' : 'line-whole', { sure: least })}`;
    row.bars.classList.toggle('whole', Boolean(times) && !words);
    [...row.bars.children].forEach((bar, k) => { bar.className = times ? trust(provenance(words ? times[k] : times)) : ''; });
  }

  /** Mark the line that is sung now; -1 for none. */
  sing(i) {
    if (i === this.#sung) return;
    this.#rows[this.#sung]?.item.classList.remove('sung');
    this.#rows[i]?.item.classList.add('sung');
    this.#sung = i;
  }

  focus({ i }) { this.#rows[i].button.focus({ preventScroll: true }); }

  get focused() { return this.#list.contains(document.activeElement); }

  #show(i) {
    const list = this.#list, { item } = this.#rows[i], top = item.offsetTop, room = list.clientHeight;
    const narrow = getComputedStyle(list).scrollSnapType !== 'none';
    if (narrow) { list.scrollTop = top - 8; return; }
    if (top < list.scrollTop + 48 || top + item.offsetHeight > list.scrollTop + room - 96) list.scrollTop = top - room * .35;
  }
}
