/* <aqyn-live-lines>: the sung line, what is read beneath it, the next line, and a bead for each line of the part. The page is
   written once for each line; in between a frame only moves the light. */
import { Light } from '../../songs/light.js';
import { stops, write } from '../../songs/rows.js';
import { lineAfter, linesAt } from './course.js';
import { fit } from './fit.js';
import { carry, fadeIn, places, shadow } from './rise.js';

class AqynLiveLines extends HTMLElement {
  #light = new Light(); #now = null; #coming = null; #key = '';

  connectedCallback() {
    this.live = this.closest('aqyn-live');
    this.block = this.querySelector('.block');
    for (const name of ['here', 'next', 'beads']) this[name] = this.querySelector(`.${name}`);
    this.live.hear('choice', () => this.#again());
    this.live.hear('size', () => this.#again());
    let width = this.clientWidth, height = this.clientHeight;
    new ResizeObserver(() => {
      if (width !== (width = this.clientWidth) | height !== (height = this.clientHeight)) this.#again();
    }).observe(this);
  }

  /** Show this line: `{song, entry, order, step, line, byClock, title}`; `line` -1 shows what the song is called. */
  turn(now) {
    const key = this.#keyOf(now);
    if (key === this.#key || !this.live.choice.main) return;
    const rises = this.#coming?.rows && this.#coming.song === now.song && this.#coming.step === now.step && this.#coming.line === now.line;
    const from = rises && places(this.#coming.rows[0].words), gone = shadow(this.here);
    this.#key = key;
    this.#light.drop();
    this.#write(now);
    fit(this.block, this);
    gone.leave();
    if (from) {
      carry(this.#now.rows[0].words, from);
      for (const beneath of this.#now.rows.slice(1)) fadeIn(beneath.element);
    } else fadeIn(this.here);
    if (this.#coming) fadeIn(this.#coming.rows[0].element);
    this.#kindle();
  }

  /** Light the words as they are sung at `ms` of the recording. Gives the last word begun where that changed, else null. */
  draw(ms) { return this.#now?.byClock ? this.#light.draw(ms) : null; }

  #write(now) {
    const { song, order, step, line, byClock } = now, after = lineAfter(song, order, now, byClock);
    const rows = line < 0 ? [named(this.here, now.title)] : this.#rows(this.here, song, line, true);
    this.#now = { ...now, rows };
    this.#coming = after && { song, ...after, rows: this.#rows(this.next, song, after.line, this.dataset.next === 'both') };
    if (!after) this.next.replaceChildren();
    const lines = linesAt(song, order, step, byClock), place = lines.indexOf(line);
    bead(this.beads, lines.length, place);
    this.live.tell('place', { place, of: lines.length });
  }

  #rows(item, song, i, under) {
    const { choice } = this.live, line = song.lines[i];
    const main = song.reading(line, choice.main) ?? song.reading(line, song.main);
    const other = under && choice.under !== main.tag ? song.reading(line, choice.under) : null;
    // A Russian line is the same in every script: it is not said twice.
    const beneath = other?.words && said(other) === said(main) ? null : other;
    return write(item, main, beneath, false);
  }

  /* Words are lit one by one where they were timed and the clock runs; otherwise the line is lit as a whole. */
  #kindle() {
    const { song, line, byClock, rows } = this.#now, lit = byClock && line >= 0 ? rows.filter(row => row.reading.cues) : [];
    for (const row of lit) row.stops = row.words.map((word, w) => stops(word, row.reading.words[w].pieces));
    this.#light.take(lit, lit.length ? song.lines[line].cues : []);
  }

  /* In other layers or at another size: written and measured anew, and in its place at once. */
  #again() {
    if (!this.#now || !this.live.choice.main) return;
    this.#light.drop();
    this.#write(this.#now);
    fit(this.block, this);
    this.#kindle();
    this.#key = this.#keyOf(this.#now);
    this.live.tell('again');
  }

  #keyOf({ entry, step, line, byClock }) {
    const { main, under } = this.live.choice;
    return [entry, step, line, byClock, main, under].join();
  }
}

function said({ text, words }) { return text ?? words.map(word => word.pieces.join('')).join(' '); }

/* What the song is called stands where its first line will. */
function named(item, title) {
  const name = document.createElement('span');
  name.className = 'row main voice title';
  Object.assign(name, { textContent: title.text, lang: title.tag, dir: title.dir });
  item.replaceChildren(name);
  return { element: name, words: [], reading: {} };
}

function bead(box, count, place) {
  while (box.children.length > count) box.lastChild.remove();
  while (box.children.length < count) box.append(document.createElement('i'));
  [...box.children].forEach((one, i) => { one.className = i <= place ? 'lit' : ''; });
}
customElements.define('aqyn-live-lines', AqynLiveLines);
